package org.jiexu.registry.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jiexu.bus.client.PersonIds;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.MergePersons;
import org.jiexu.registry.MergePersons.Shown;
import org.jiexu.registry.domain.MergeGround;
import org.jiexu.registry.postgres.MergeStore;
import org.jiexu.registry.postgres.MergeStore.Merge;
import org.jiexu.registry.postgres.MergeStore.State;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.web.ParticipationController.ParticipationView;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
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

/** 多条参保记录合并 for a region's agency: prepared by a clerk, decided by a reviewer; ids of merged persons for services. */
@RestController
class MergeController {
    private static final String BASE = "/api/v1/agency/{region}/participation";

    private final MergePersons mergePersons;
    private final MergeStore merges;

    MergeController(MergePersons mergePersons, MergeStore merges) {
        this.mergePersons = mergePersons;
        this.merges = merges;
    }

    record Who(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber) {
        Certificate certificate() {
            return new Certificate(certificateType, certificateNumber);
        }

        @Override
        public String toString() {
            return "Who";
        }
    }

    /** @param keep the record that goes on; {@code merge} becomes another name of it */
    record Asked(
            @NotNull @Valid Who keep,
            @NotNull @Valid Who merge,
            @Nullable @Size(max = 1000) String evidence) {}

    record MergeView(
            String id,
            State state,
            MergeGround ground,
            String groundWords,
            @Nullable String evidence,
            PersonId kept,
            PersonId merged,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String reason) {
        static MergeView of(Merge merge) {
            return new MergeView(
                    merge.id(),
                    merge.state(),
                    merge.ground(),
                    merge.ground().words(),
                    merge.evidence(),
                    merge.kept(),
                    merge.merged(),
                    merge.preparedBy(),
                    merge.preparedAt(),
                    merge.decidedBy(),
                    merge.decidedAt(),
                    merge.reason());
        }
    }

    /** One of the two records, with its certificate masked. */
    record RecordView(PersonId person, String name, String certificateMasked, String sex) {
        static RecordView of(Person person) {
            return new RecordView(
                    person.id(), person.name(), person.certificate().masked(), person.sex());
        }

        @Override
        public String toString() {
            return "RecordView[" + person + "]";
        }
    }

    record WholeView(MergeView merge, RecordView kept, RecordView merged, List<ParticipationView> participations) {
        static WholeView of(Shown shown) {
            return new WholeView(
                    MergeView.of(shown.merge()),
                    RecordView.of(shown.kept()),
                    RecordView.of(shown.merged()),
                    shown.relationships().stream().map(ParticipationView::of).toList());
        }
    }

    /** The two records make it one request, however often it is sent. */
    @PostMapping(BASE + "/merge")
    ResponseEntity<WholeView> prepare(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Asked asked) {
        caller.requireRole(Role.CLERK).requireActingFor(region);
        var shown = mergePersons.prepare(
                region, asked.keep().certificate(), asked.merge().certificate(), asked.evidence(), caller.subject());
        return ResponseEntity.created(URI.create("/api/v1/agency/" + region + "/participation/merges/"
                        + shown.merge().id()))
                .body(WholeView.of(shown));
    }

    @GetMapping(BASE + "/merges")
    Page<MergeView> list(
            Caller caller,
            @PathVariable RegionCode region,
            @RequestParam(required = false) @Nullable State state,
            PageRequest page) {
        requireStaff(caller, region);
        return Page.of(page, merges.list(region, state, page.after(), page.limitPlusOne()), Merge::id)
                .map(MergeView::of);
    }

    @GetMapping(BASE + "/merges/{id}")
    WholeView show(Caller caller, @PathVariable RegionCode region, @PathVariable String id) {
        requireStaff(caller, region);
        return WholeView.of(mergePersons.find(region, id));
    }

    @PostMapping(BASE + "/merges/{id}/approval")
    WholeView approve(Caller caller, @PathVariable RegionCode region, @PathVariable String id) {
        caller.requireRole(Role.REVIEWER).requireActingFor(region);
        return WholeView.of(mergePersons.approve(region, id, caller.subject()));
    }

    record Refusal(@NotBlank @Size(max = 500) String reason) {}

    @PostMapping(BASE + "/merges/{id}/refusal")
    WholeView refuse(
            Caller caller, @PathVariable RegionCode region, @PathVariable String id, @Valid @RequestBody Refusal why) {
        caller.requireRole(Role.REVIEWER).requireActingFor(region);
        return WholeView.of(mergePersons.refuse(region, id, caller.subject(), why.reason()));
    }

    /** For services: whatever they keep under one of these ids belongs to the person. */
    @GetMapping("/internal/persons/{person}/aliases")
    PersonIds ids(@PathVariable PersonId person) {
        return mergePersons.ids(person);
    }

    private static void requireStaff(Caller caller, RegionCode region) {
        caller.requireRole(Role.CLERK, Role.REVIEWER).requireActingFor(region);
    }
}
