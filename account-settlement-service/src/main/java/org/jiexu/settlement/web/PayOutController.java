package org.jiexu.settlement.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jiexu.bus.client.OldRecordsRequest;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.PayOutWhatStays;
import org.jiexu.settlement.domain.PayOut;
import org.jiexu.settlement.postgres.PayOutStore;
import org.jiexu.wire.contract.PayOutStep;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 余额提取 — a person asks for what stayed on an account, or a clerk for the person present; two of the agency pay it. */
@RestController
class PayOutController {
    private static final String AGENCY = "/api/v1/agency/{region}/account-pay-outs";

    private final PayOutWhatStays payOutWhatStays;
    private final PayOutStore payOuts;
    private final ServiceIdentity identity;

    PayOutController(PayOutWhatStays payOutWhatStays, PayOutStore payOuts, ServiceIdentity identity) {
        this.payOutWhatStays = payOutWhatStays;
        this.payOuts = payOuts;
        this.identity = identity;
    }

    /** The person present, at a window; whoever asks for himself says nothing of himself. */
    record Ask(
            @Nullable CertificateType certificateType,
            @Nullable @Size(max = 30) String certificateNumber,
            @Nullable @Size(max = 100) String name) {
        /** Nothing: it is about a person. */
        @Override
        public String toString() {
            return "Ask";
        }
    }

    record Refusal(@NotBlank @Size(max = 200) String reason) {}

    /** 余额提取进度. */
    record PayOutView(
            UUID id,
            RegionCode region,
            PersonId person,
            PayOutStep state,
            String words,
            Fen amount,
            Instant askedAt,
            boolean atWindow,
            @Nullable String refusal) {
        static PayOutView of(PayOut one) {
            return new PayOutView(
                    one.id(),
                    one.region(),
                    one.person(),
                    one.state(),
                    switch (one.state()) {
                        case ASKED -> "已申请，等待经办";
                        case PREPARED -> "已经办，等待复核";
                        case PAID -> "已支付";
                        case REFUSED -> "未予办理";
                    },
                    one.amount(),
                    one.askedAt(),
                    one.atWindow(),
                    one.refusal());
        }
    }

    @Creates
    @PostMapping("/api/v1/regions/{region}/account-pay-outs")
    ResponseEntity<PayOutView> ask(@PathVariable RegionCode region, @Valid @RequestBody Ask body, Caller caller) {
        caller.requireRole(Role.PERSON, Role.APP, Role.CLERK);
        if (!identity.hosts(region)) {
            throw Problem.notFound();
        }
        var asked = payOutWhatStays.ask(
                caller.is(Role.CLERK) ? present(region, body, caller) : oneself(region, caller),
                caller,
                id -> location(region, id));
        return ResponseEntity.created(URI.create(location(region, asked.id()))).body(PayOutView.of(asked));
    }

    private static OldRecordsRequest oneself(RegionCode region, Caller caller) {
        var person = caller.person();
        if (person == null) {
            throw Problem.notFound();
        }
        return OldRecordsRequest.of(region, person);
    }

    private static OldRecordsRequest present(RegionCode region, Ask body, Caller caller) {
        if (!caller.mayActFor(region)) {
            throw Problem.notFound();
        }
        if (body.certificateType() == null || body.certificateNumber() == null || body.name() == null) {
            throw Problem.field("certificateNumber", "REQUIRED", "请填写参保人的证件类型、证件号码和姓名。");
        }
        return new OldRecordsRequest(region, null, body.certificateType(), body.certificateNumber(), body.name());
    }

    @GetMapping("/api/v1/regions/{region}/account-pay-outs/{id}")
    PayOutView show(@PathVariable RegionCode region, @PathVariable UUID id, Caller caller) {
        return payOutWhatStays
                .find(id)
                .filter(found -> found.region().equals(region))
                .filter(found ->
                        found.person().equals(caller.person()) || caller.is(Role.AUDITOR) || caller.mayActFor(region))
                .map(PayOutView::of)
                .orElseThrow(Problem::notFound);
    }

    @GetMapping(AGENCY)
    Page<PayOutView> list(
            @PathVariable RegionCode region,
            @RequestParam(required = false) @Nullable PayOutStep state,
            PageRequest page,
            Caller caller) {
        if (!identity.hosts(region) || !(caller.is(Role.AUDITOR) || caller.mayActFor(region))) {
            throw Problem.notFound();
        }
        var fetched = payOuts.list(region, state, after(page), page.limitPlusOne());
        return Page.of(page, fetched, one -> one.id().toString()).map(PayOutView::of);
    }

    @PostMapping(AGENCY + "/{id}/preparation")
    PayOutView prepare(@PathVariable RegionCode region, @PathVariable UUID id, Caller caller) {
        return PayOutView.of(payOutWhatStays.prepare(region, id, staff(region, caller, Role.CLERK)));
    }

    @PostMapping(AGENCY + "/{id}/approval")
    PayOutView approve(@PathVariable RegionCode region, @PathVariable UUID id, Caller caller) {
        return PayOutView.of(payOutWhatStays.approve(region, id, staff(region, caller, Role.REVIEWER)));
    }

    @PostMapping(AGENCY + "/{id}/refusal")
    PayOutView refuse(
            @PathVariable RegionCode region, @PathVariable UUID id, @Valid @RequestBody Refusal body, Caller caller) {
        return PayOutView.of(payOutWhatStays.refuse(
                region, id, body.reason().strip(), staff(region, caller, Role.CLERK, Role.REVIEWER)));
    }

    private static Caller staff(RegionCode region, Caller caller, Role... roles) {
        caller.requireRole(roles);
        if (!caller.mayActFor(region)) {
            throw Problem.notFound();
        }
        return caller;
    }

    private static String location(RegionCode region, UUID id) {
        return "/api/v1/regions/" + region + "/account-pay-outs/" + id;
    }

    private static @Nullable UUID after(PageRequest page) {
        var after = page.after();
        if (after == null) {
            return null;
        }
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
    }
}
