package org.jiexu.registry.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.RecordLife;
import org.jiexu.registry.ShowHistory;
import org.jiexu.registry.domain.Change;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.registry.postgres.LifeStore;
import org.jiexu.registry.web.ParticipationController.ParticipationView;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CreditCode;
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

/** 参保变更 for a region's agency: death, retirement, change of employer, and what has happened so far. */
@RestController
@RequestMapping("/api/v1/agency/{region}/participation")
class LifeController {
    private final RecordLife recordLife;
    private final ShowHistory showHistory;

    LifeController(RecordLife recordLife, ShowHistory showHistory) {
        this.recordLife = recordLife;
        this.showHistory = showHistory;
    }

    record Death(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotNull LocalDate diedOn,
            @NotBlank @Size(max = 500) String evidence,
            @Nullable @Size(max = 500) String reason) {
        @Override
        public String toString() {
            return "Death";
        }
    }

    /** Every relationship of the person as it stands afterwards. */
    record Ended(List<ParticipationView> participations) {}

    /** 409 with an open transfer; {@code ?force=true} with a reason records it all the same. */
    @PostMapping("/death")
    Ended died(
            Caller caller,
            @PathVariable RegionCode region,
            @RequestParam(defaultValue = "false") boolean force,
            @Valid @RequestBody Death told) {
        caller.requireRole(Role.CLERK, Role.REVIEWER).requireActingFor(region);
        if (force && (told.reason() == null || told.reason().isBlank())) {
            throw Problem.field("reason", "REASON_REQUIRED", "强制登记须写明理由。");
        }
        return new Ended(recordLife
                .died(
                        new Certificate(told.certificateType(), told.certificateNumber()),
                        region,
                        told.diedOn(),
                        told.evidence(),
                        force ? told.reason() : null)
                .stream()
                .map(ParticipationView::of)
                .toList());
    }

    record Revocation(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotBlank @Size(max = 500) String reason) {
        @Override
        public String toString() {
            return "Revocation";
        }
    }

    @PostMapping("/death/revocation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Revocation told) {
        caller.requireRole(Role.REVIEWER).requireActingFor(region);
        recordLife.revokeDeath(
                new Certificate(told.certificateType(), told.certificateNumber()), region, told.reason());
    }

    record Retirement(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotNull PersonType personType,
            @NotNull LocalDate from,
            @Nullable @Size(max = 500) String reason) {
        @Override
        public String toString() {
            return "Retirement";
        }
    }

    @PostMapping("/retirement")
    ParticipationView retired(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Retirement told) {
        caller.requireRole(Role.CLERK, Role.REVIEWER).requireActingFor(region);
        return ParticipationView.of(recordLife.retired(
                new Certificate(told.certificateType(), told.certificateNumber()),
                region,
                told.personType(),
                told.from(),
                told.reason()));
    }

    record Employer(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotBlank @Size(max = 30) String employer,
            @Nullable String agency,
            @NotNull LocalDate from,
            @Nullable @Size(max = 500) String reason) {
        @Override
        public String toString() {
            return "Employer";
        }
    }

    @PostMapping("/employer")
    ParticipationView employerChanged(
            Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Employer told) {
        caller.requireRole(Role.CLERK, Role.REVIEWER).requireActingFor(region);
        var fault = CreditCode.fault(told.employer());
        if (fault != null) {
            throw Problem.field("employer", fault.code(), fault.message());
        }
        return ParticipationView.of(recordLife.employerChanged(
                new Certificate(told.certificateType(), told.certificateNumber()),
                region,
                CreditCode.written(told.employer()),
                told.agency(),
                told.from(),
                told.reason()));
    }

    record HistoryView(
            Scheme scheme,
            Change what,
            String words,
            LocalDate effectiveOn,
            @Nullable String why,
            String saidBy,
            Instant saidAt) {
        static HistoryView of(LifeStore.Happened happened) {
            return new HistoryView(
                    happened.scheme(),
                    happened.what(),
                    happened.what().words(),
                    happened.effectiveOn(),
                    happened.why(),
                    happened.saidBy(),
                    happened.saidAt());
        }
    }

    /** Newest first. */
    @GetMapping("/{person}/history")
    Page<HistoryView> history(
            Caller caller, @PathVariable RegionCode region, @PathVariable PersonId person, PageRequest page) {
        caller.requireRole(Role.CLERK, Role.REVIEWER).requireActingFor(region);
        return Page.of(page, showHistory.of(person, region, page), placed -> Long.toString(placed.id()))
                .map(placed -> HistoryView.of(placed.happened()));
    }
}
