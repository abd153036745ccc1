package org.jiexu.transferin.web;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jiexu.bus.client.OldRecordsAnswer;
import org.jiexu.bus.client.OldRecordsAnswer.OldRecord;
import org.jiexu.bus.client.OldRecordsRequest;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.ShowOldRecords;
import org.jiexu.transferin.TransferAtOnce;
import org.jiexu.transferin.domain.Application;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 省内即时转移 — a person's old records of the province, and their transfer at once (R6.2, R6.3). */
@RestController
@RequestMapping("/api/v1/regions/{region}")
public class InstantController {
    private static final CodedReason NOT_OFFERED =
            new CodedReason("INSTANT_NOT_OFFERED", "该统筹区所在的省份尚未开通省内即时转移", "请提出普通转移申请，按规定时限办理");

    private final ShowOldRecords showOldRecords;
    private final TransferAtOnce transferAtOnce;
    private final Policies policies;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public InstantController(
            ShowOldRecords showOldRecords,
            TransferAtOnce transferAtOnce,
            Policies policies,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.showOldRecords = showOldRecords;
        this.transferAtOnce = transferAtOnce;
        this.policies = policies;
        this.identity = identity;
        this.clock = clock;
    }

    @GetMapping("/persons/me/old-records")
    ShowOldRecords.View mine(@PathVariable String region, Caller caller) {
        caller.requireRole(Role.PERSON, Role.APP);
        var receiving = hosted(region);
        return showOldRecords.view(receiving, oneself(receiving, caller));
    }

    /** For a person present at the window; the certificate stands in the body, an address is logged on the way. */
    @PostMapping("/old-records/search")
    ShowOldRecords.View search(@PathVariable String region, @RequestBody ApplicationBody.Person body, Caller caller) {
        caller.requireRole(Role.CLERK);
        var receiving = hosted(region);
        return showOldRecords.view(receiving, present(receiving, body, caller));
    }

    @Creates
    @PostMapping("/instant-transfers")
    ResponseEntity<TransferAtOnce.View> transfer(
            @PathVariable String region, @RequestBody InstantBody body, Caller caller) {
        caller.requireRole(Role.PERSON, Role.APP, Role.CLERK);
        var receiving = hosted(region);
        var chosen = body.chosen(receiving);
        if (!policies.flag(Policies.INSTANT_ON_APPLICATION, receiving)) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "INSTANT_NOT_OFFERED", NOT_OFFERED.message() + "。")
                    .with(List.of(NOT_OFFERED));
        }
        var person = caller.is(Role.CLERK) ? present(receiving, body.person(), caller) : oneself(receiving, caller);
        var regions = chosen.isEmpty() ? transferable(person) : chosen;
        var account = policies.text(Policies.INSTANT_ACCOUNT, receiving);
        var applications = regions.stream()
                .map(old -> body.application(person, old, account)
                        .read(receiving, clock.instant(), null, Doors.standard(caller, receiving)))
                .map(Application::instantly)
                .toList();
        var papers = body.application(person, regions.getFirst(), account)
                .papers(applications.getFirst().channel());
        return told(transferAtOnce.transfer(applications, person.person(), Visibility.applicant(caller), papers));
    }

    /** 201 done, 202 still under way, 422 when every one was refused. */
    private static ResponseEntity<TransferAtOnce.View> told(TransferAtOnce.View view) {
        if (view.transfers().stream().allMatch(one -> one.status() == PublicStatus.REFUSED)) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "REFUSED", "本次申请不予受理，原因见下。")
                    .with(view.transfers().stream()
                            .flatMap(one -> one.reasons().stream())
                            .distinct()
                            .toList());
        }
        return ResponseEntity.status(view.done() ? HttpStatus.CREATED : HttpStatus.ACCEPTED)
                .location(URI.create("/api/v1/regions/" + view.region() + "/instant-transfers/" + view.id()))
                .body(view);
    }

    @GetMapping("/instant-transfers/{id}")
    TransferAtOnce.View show(@PathVariable String region, @PathVariable UUID id, Caller caller) {
        var receiving = hosted(region);
        return transferAtOnce
                .find(id)
                .filter(request -> request.receiving().equals(receiving))
                .filter(request -> caller.subject().equals(request.subject())
                        || request.person().equals(caller.person())
                        || caller.mayActFor(receiving))
                .map(transferAtOnce::view)
                .orElseThrow(Problem::notFound);
    }

    private OldRecordsAnswer oneself(RegionCode receiving, Caller caller) {
        var person = caller.person();
        if (person == null) {
            throw Problem.notFound();
        }
        return showOldRecords.find(OldRecordsRequest.of(receiving, person)).orElseThrow(Problem::notFound);
    }

    /** R6.2: at the window of the receiving region, or of one of the old ones. */
    private OldRecordsAnswer present(RegionCode receiving, ApplicationBody.@Nullable Person asked, Caller caller) {
        var request = InstantBody.request(receiving, clock.certificateRules(), asked);
        return showOldRecords
                .find(request)
                .filter(found -> Stream.concat(
                                Stream.of(receiving), found.records().stream().map(OldRecord::region))
                        .anyMatch(caller::mayActFor))
                .orElseThrow(() -> new Problem(HttpStatus.NOT_FOUND, "NOT_FOUND", "没有查到该人员，或者姓名与证件号码不一致。"));
    }

    /** All that nothing stands in the way of; otherwise everything that does is told. */
    private static List<RegionCode> transferable(OldRecordsAnswer person) {
        var regions = person.records().stream()
                .filter(record -> ShowOldRecords.obstacle(record) == null)
                .map(OldRecord::region)
                .toList();
        if (regions.isEmpty()) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "NOTHING_TO_TRANSFER", "省内没有可以转移的原参保关系。")
                    .with(person.records().stream()
                            .map(ShowOldRecords::obstacle)
                            .filter(obstacle -> obstacle != null)
                            .distinct()
                            .toList());
        }
        return regions;
    }

    private RegionCode hosted(String region) {
        if (!RegionCode.isWellFormed(region) || !identity.hosts(new RegionCode(region))) {
            throw Problem.notFound();
        }
        return new RegionCode(region);
    }
}
