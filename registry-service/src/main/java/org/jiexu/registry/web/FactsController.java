package org.jiexu.registry.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.registry.RecordFacts;
import org.jiexu.registry.domain.Ground;
import org.jiexu.registry.postgres.FactStore;
import org.jiexu.registry.postgres.FactStore.Fact;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** 业务事实 for a region's agency: recorded, listed, ended. */
@RestController
@RequestMapping("/api/v1/agency/{region}/participation/facts")
class FactsController {
    private final RecordFacts recordFacts;
    private final FactStore facts;

    FactsController(RecordFacts recordFacts, FactStore facts) {
        this.recordFacts = recordFacts;
        this.facts = facts;
    }

    record Said(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotNull Scheme scheme,
            @NotNull Ground ground,
            @NotNull LocalDate from,
            @Nullable LocalDate to,
            @Nullable @Size(max = 500) String note) {
        @Override
        public String toString() {
            return "Said[" + scheme + ", " + ground + "]";
        }
    }

    record End(@NotNull LocalDate to) {}

    record FactView(
            String id,
            PersonId person,
            Scheme scheme,
            Ground ground,
            String words,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable String note,
            String saidBy,
            Instant saidAt,
            @Nullable String endedBy,
            @Nullable Instant endedAt) {
        static FactView of(Fact fact) {
            return new FactView(
                    fact.id(),
                    fact.key().person(),
                    fact.key().scheme(),
                    fact.ground(),
                    fact.ground().message(),
                    fact.from(),
                    fact.to(),
                    fact.note(),
                    fact.saidBy(),
                    fact.saidAt(),
                    fact.endedBy(),
                    fact.endedAt());
        }
    }

    @Creates
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    FactView record(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Said said) {
        AgencyStaff.require(caller, region);
        return FactView.of(recordFacts.record(
                new Certificate(said.certificateType(), said.certificateNumber()),
                region,
                new RecordFacts.Said(said.scheme(), said.ground(), said.from(), said.to(), said.note()),
                caller.subject()));
    }

    /** Newest first. */
    @GetMapping
    Page<FactView> list(
            Caller caller,
            @PathVariable RegionCode region,
            PageRequest page,
            @RequestParam(required = false) @Nullable PersonId person) {
        AgencyStaff.require(caller, region);
        return Page.of(page, facts.list(region, person, page.after(), page.limitPlusOne()), Fact::id)
                .map(FactView::of);
    }

    /** 了结 — the fact no longer holds from that day on. */
    @PostMapping("/{id}/end")
    FactView end(Caller caller, @PathVariable RegionCode region, @PathVariable String id, @Valid @RequestBody End end) {
        AgencyStaff.require(caller, region);
        return FactView.of(recordFacts.end(region, id, end.to(), caller.subject()));
    }
}
