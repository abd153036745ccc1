package org.jiexu.registry.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.ChangeParticipation;
import org.jiexu.registry.ChangeParticipation.Enrolment;
import org.jiexu.registry.ImportPersons;
import org.jiexu.registry.MonthsBatch;
import org.jiexu.registry.domain.Participation.Input;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.registry.postgres.MonthsEntryStore.Cause;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.wire.sheet.SheetLimits;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 参保登记 for a region's agency. Certificates stand in bodies only: an address is logged on the way. */
@RestController
@RequestMapping("/api/v1/agency/{region}/participation")
class ParticipationController {
    private static final String SEX = "[129]";
    private static final int LONGEST_PERIOD_MONTHS = 1200;

    private final ChangeParticipation changeParticipation;
    private final ImportPersons importPersons;

    ParticipationController(ChangeParticipation changeParticipation, ImportPersons importPersons) {
        this.changeParticipation = changeParticipation;
        this.importPersons = importPersons;
    }

    /** @param backPayment 补缴: months of a break, paid afterwards */
    record Period(
            @NotNull YearMonth from,
            @NotNull YearMonth to,
            @Nullable String agency,
            @Nullable Boolean backPayment) {}

    record ImportedParticipation(
            @NotNull Scheme scheme,
            @NotNull ParticipationStatus status,
            @NotNull PersonType personType,
            @NotNull LocalDate since,
            @Nullable String agency,
            @Nullable String employer,
            @Nullable List<@NotNull @Valid Period> paid,
            @Nullable List<@NotNull SheetRow> inherited) {}

    record ImportedPerson(
            @Nullable PersonId person,
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotBlank @Size(max = 100) String name,
            @Nullable @Pattern(regexp = SEX) String sex,
            @NotNull List<@NotNull @Valid ImportedParticipation> participations) {
        @Override
        public String toString() {
            return "ImportedPerson[" + person + "]";
        }
    }

    record Batch(@NotNull @Size(max = 1000) List<@NotNull @Valid ImportedPerson> persons) {}

    /** Ids in the order of the batch. */
    record Imported(List<PersonRef> persons) {}

    record PersonRef(PersonId person) {}

    /**
     * Idempotent by certificate: what is there already stays. Months come by two persons in {@code batches} (R11.5); here
     * only the sandbox's loader brings some along.
     */
    @PostMapping("/import")
    Imported load(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Batch batch) {
        requireAgency(caller, region);
        var persons =
                batch.persons().stream().map(ParticipationController::imported).toList();
        // House rule: only a service of the platform may bring ids along; an agency's persons get theirs here.
        if (!caller.is(Role.SERVICE) && persons.stream().anyMatch(person -> person.person() != null)) {
            throw Problem.field("persons.person", "NOT_YOURS_TO_GIVE", "人员编号由平台分配。");
        }
        if (!caller.is(Role.SERVICE) && persons.stream().anyMatch(ParticipationController::bringsMonths)) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "TWO_PERSONS_NEEDED", "缴费月份由一人提交、另一人复核后入账，请按批次提交。");
        }
        return new Imported(importPersons.load(region, persons, Cause.ofSandbox()).stream()
                .map(PersonRef::new)
                .toList());
    }

    private static boolean bringsMonths(ImportPersons.Imported person) {
        return person.participations().stream()
                .anyMatch(one -> !one.paid().isEmpty() || !one.inherited().isEmpty());
    }

    static ImportPersons.Imported imported(ImportedPerson person) {
        return new ImportPersons.Imported(
                person.person(),
                new Certificate(person.certificateType(), person.certificateNumber()),
                person.name(),
                person.sex(),
                person.participations().stream()
                        .map(one -> new ImportPersons.ImportedParticipation(
                                one.scheme(),
                                one.status(),
                                one.personType(),
                                one.since(),
                                one.agency(),
                                one.employer(),
                                one.paid() == null
                                        ? List.of()
                                        : one.paid().stream()
                                                .map(ParticipationController::checked)
                                                .map(period -> new ImportPersons.ImportedPeriod(
                                                        period.from(), period.to(), period.agency()))
                                                .toList(),
                                checked(one.inherited())))
                        .toList());
    }

    record Enrol(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotBlank @Size(max = 100) String name,
            @Nullable @Pattern(regexp = SEX) String sex,
            @NotNull Scheme scheme,
            @NotNull PersonType personType,
            @Nullable String agency,
            @Nullable String employer,
            @Nullable LocalDate since,
            @Nullable @Size(max = 500) String reason) {
        @Override
        public String toString() {
            return "Enrol[" + scheme + "]";
        }
    }

    @PostMapping("/enrol")
    ParticipationView enrol(
            Caller caller,
            @PathVariable RegionCode region,
            @RequestParam(defaultValue = "false") boolean force,
            @Valid @RequestBody Enrol asked) {
        requireAgency(caller, region);
        return ParticipationView.of(changeParticipation.enrol(
                new Certificate(asked.certificateType(), asked.certificateNumber()),
                asked.name(),
                asked.sex(),
                new Enrolment(
                        region,
                        asked.scheme(),
                        asked.personType(),
                        asked.agency(),
                        asked.employer(),
                        asked.since(),
                        forced(force, asked.reason()))));
    }

    record Change(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotNull Scheme scheme,
            @Nullable @Size(max = 500) String reason) {
        Certificate certificate() {
            return new Certificate(certificateType, certificateNumber);
        }

        @Override
        public String toString() {
            return "Change[" + scheme + "]";
        }
    }

    @PostMapping("/suspend")
    ParticipationView suspend(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Change asked) {
        return change(caller, region, asked, new Input.Suspend());
    }

    /** 409 while a transfer has reserved the relationship; {@code ?force=true} with a reason resumes all the same. */
    @PostMapping("/resume")
    ParticipationView resume(
            Caller caller,
            @PathVariable RegionCode region,
            @RequestParam(defaultValue = "false") boolean force,
            @Valid @RequestBody Change asked) {
        return change(caller, region, asked, new Input.Resume(forced(force, asked.reason())));
    }

    @PostMapping("/terminate")
    ParticipationView terminate(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Change asked) {
        return change(caller, region, asked, new Input.Terminate());
    }

    private ParticipationView change(Caller caller, RegionCode region, Change asked, Input input) {
        requireAgency(caller, region);
        return ParticipationView.of(changeParticipation.change(asked.certificate(), region, asked.scheme(), input));
    }

    record Payments(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotNull Scheme scheme,
            @NotNull @Size(min = 1, max = 200) List<@NotNull @Valid Period> periods) {
        @Override
        public String toString() {
            return "Payments[" + scheme + "]";
        }
    }

    static MonthsBatch.Paying paying(Payments payments) {
        return new MonthsBatch.Paying(
                new Certificate(payments.certificateType(), payments.certificateNumber()),
                payments.scheme(),
                payments.periods().stream()
                        .map(ParticipationController::checked)
                        .map(period -> new ChangeParticipation.Payment(
                                period.from(), period.to(), period.agency(), Boolean.TRUE.equals(period.backPayment())))
                        .toList());
    }

    record Search(
            @NotNull CertificateType certificateType,
            @NotBlank @Size(max = 30) String certificateNumber) {
        @Override
        public String toString() {
            return "Search";
        }
    }

    @PostMapping("/search")
    PersonParticipation search(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Search asked) {
        requireAgency(caller, region);
        var found =
                changeParticipation.find(new Certificate(asked.certificateType(), asked.certificateNumber()), region);
        return PersonParticipation.of(found);
    }

    /** 参保查询结果 — with the certificate masked: who asked knows it. */
    record PersonParticipation(
            PersonId person,
            String name,
            String certificateMasked,
            String sex,
            @Nullable LocalDate diedOn,
            List<Found> participations) {
        record Found(
                ParticipationView participation,
                @Nullable String openCase,
                int months,
                List<PersonStore.Paid> paid,
                List<PersonStore.Inherited> inherited) {}

        static PersonParticipation of(ChangeParticipation.View view) {
            return new PersonParticipation(
                    view.person().id(),
                    view.person().name(),
                    view.person().certificate().masked(),
                    view.person().sex(),
                    view.diedOn(),
                    view.participations().stream()
                            .map(found -> new Found(
                                    ParticipationView.of(found.relationship()),
                                    found.openCase() == null
                                            ? null
                                            : found.openCase().value(),
                                    found.paid().stream()
                                            .mapToInt(paid -> paid.period().months())
                                            .sum(),
                                    found.paid(),
                                    found.inherited()))
                            .toList());
        }

        @Override
        public String toString() {
            return "PersonParticipation[" + person + "]";
        }
    }

    record ParticipationView(
            PersonId person,
            RegionCode region,
            Scheme scheme,
            ParticipationStatus status,
            String statusWords,
            PersonType personType,
            String agency,
            @Nullable String employer,
            LocalDate since) {
        static ParticipationView of(PersonStore.Relationship relationship) {
            return new ParticipationView(
                    relationship.key().person(),
                    relationship.key().region(),
                    relationship.key().scheme(),
                    relationship.status(),
                    relationship.status().words(),
                    relationship.personType(),
                    relationship.agency(),
                    relationship.employer(),
                    relationship.since());
        }
    }

    private static @Nullable String forced(boolean force, @Nullable String reason) {
        if (!force) {
            return null;
        }
        if (reason == null || reason.isBlank()) {
            throw Problem.field("reason", "REASON_REQUIRED", "强制恢复参保须写明理由。");
        }
        return reason;
    }

    /** Rows go to other regions on a sheet one day: their texts are bounded where they enter. */
    private static List<SheetRow> checked(@Nullable List<SheetRow> inherited) {
        if (inherited == null) {
            return List.of();
        }
        if (!SheetLimits.fit(inherited)) {
            throw Problem.field(
                    "inherited",
                    "TOO_LONG",
                    "历史参保记录每人每险种不超过%d行，机构名称不超过%d字，备注不超过%d字，行政区划代码为六位。"
                            .formatted(SheetLimits.ROWS, SheetLimits.AGENCY_NAME, SheetLimits.REMARK));
        }
        return inherited;
    }

    private static Period checked(Period period) {
        if (period.to().isBefore(period.from())
                || period.from().plusMonths(LONGEST_PERIOD_MONTHS).isBefore(period.to())) {
            throw Problem.field("paid", "INVALID_PERIOD", "缴费时段的起止月份有误。");
        }
        return period;
    }

    private static void requireAgency(Caller caller, RegionCode region) {
        caller.requireRole(Role.CLERK, Role.REVIEWER, Role.SERVICE);
        if (!caller.is(Role.SERVICE)) {
            caller.requireActingFor(region);
        }
    }
}
