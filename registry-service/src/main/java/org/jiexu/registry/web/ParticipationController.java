package org.jiexu.registry.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.FieldProblem;
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
    private final BusinessClock clock;

    ParticipationController(ChangeParticipation changeParticipation, ImportPersons importPersons, BusinessClock clock) {
        this.clock = clock;
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
            @NotBlank @Size(max = 200) String name,
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

    /** @param faults employers' codes that were left out; the person is loaded all the same */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record PersonRef(PersonId person, List<FieldProblem> faults) {}

    /**
     * Idempotent by certificate: what is there already stays. Months come by two persons in {@code batches} (R11.5); here
     * only the sandbox's loader brings some along.
     */
    @PostMapping("/import")
    Imported load(Caller caller, @PathVariable RegionCode region, @Valid @RequestBody Batch batch) {
        requireAgency(caller, region);
        batch.persons().forEach(this::requirePossibleMonths);
        var persons =
                batch.persons().stream().map(person -> imported(person, clock)).toList();
        // House rule: only a service of the platform may bring ids along; an agency's persons get theirs here.
        if (!caller.is(Role.SERVICE) && persons.stream().anyMatch(person -> person.person() != null)) {
            throw Problem.field("persons.person", "NOT_YOURS_TO_GIVE", "人员编号由平台分配。");
        }
        if (!caller.is(Role.SERVICE) && persons.stream().anyMatch(ParticipationController::bringsMonths)) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "TWO_PERSONS_NEEDED", "缴费月份由一人提交、另一人复核后入账，请按批次提交。");
        }
        var ids = importPersons.load(region, persons, Cause.ofSandbox());
        return new Imported(IntStream.range(0, ids.size())
                .mapToObj(i -> new PersonRef(ids.get(i), faults(batch.persons().get(i))))
                .toList());
    }

    private static boolean bringsMonths(ImportPersons.Imported person) {
        return person.participations().stream()
                .anyMatch(one -> !one.paid().isEmpty() || !one.inherited().isEmpty());
    }

    private void requirePossibleMonths(ImportedPerson person) {
        var fields = new EnteredFields(clock, certificate(person));
        person.participations().stream()
                .filter(one -> one.paid() != null)
                .flatMap(one -> one.paid().stream())
                .forEach(period -> {
                    fields.month(period.from());
                    fields.month(period.to());
                });
    }

    private static List<FieldProblem> faults(ImportedPerson person) {
        return IntStream.range(0, person.participations().size())
                .mapToObj(i -> EnteredFields.employerFault(
                        "participations[" + i + "].employer",
                        person.participations().get(i).employer()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Certificate certificate(ImportedPerson person) {
        return new Certificate(person.certificateType(), person.certificateNumber());
    }

    /** Its months are judged where they enter: at once, or line by line in a batch. */
    static ImportPersons.Imported imported(ImportedPerson person, BusinessClock clock) {
        var certificate = certificate(person);
        var fields = new EnteredFields(clock, certificate);
        return new ImportPersons.Imported(
                person.person(),
                certificate,
                person.name(),
                person.sex(),
                person.participations().stream()
                        .map(one -> new ImportPersons.ImportedParticipation(
                                one.scheme(),
                                one.status(),
                                one.personType(),
                                fields.since(one.since()),
                                one.agency(),
                                EnteredFields.employer(one.employer()),
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
            @NotBlank @Size(max = 200) String name,
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
        var certificate = new Certificate(asked.certificateType(), asked.certificateNumber());
        var since = asked.since() == null ? null : new EnteredFields(clock, certificate).since(asked.since());
        var enrolled = ParticipationView.of(changeParticipation.enrol(
                certificate,
                asked.name(),
                asked.sex(),
                new Enrolment(
                        region,
                        asked.scheme(),
                        asked.personType(),
                        asked.agency(),
                        EnteredFields.employer(asked.employer()),
                        since,
                        forced(force, asked.reason()))));
        return enrolled.with(
                EnteredFields.employerFault("employer", asked.employer()).orElse(null));
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

    /** @param employerFault what was wrong with the employer's code, which was then left out; none otherwise */
    record ParticipationView(
            PersonId person,
            RegionCode region,
            Scheme scheme,
            ParticipationStatus status,
            String statusWords,
            PersonType personType,
            String agency,
            @Nullable String employer,
            LocalDate since,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            FieldProblem employerFault) {
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
                    relationship.since(),
                    null);
        }

        ParticipationView with(@Nullable FieldProblem fault) {
            return new ParticipationView(
                    person, region, scheme, status, statusWords, personType, agency, employer, since, fault);
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
