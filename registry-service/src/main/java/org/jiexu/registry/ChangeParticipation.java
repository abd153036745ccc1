package org.jiexu.registry;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.PaidMonths;
import org.jiexu.registry.domain.PaidPeriod;
import org.jiexu.registry.domain.Participation;
import org.jiexu.registry.domain.Participation.Input;
import org.jiexu.registry.domain.Participation.Outcome;
import org.jiexu.registry.domain.Participation.State;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.MonthsEntryStore;
import org.jiexu.registry.postgres.MonthsEntryStore.Cause;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.RecordStore;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 参保登记 — what a region's agency does with a person's participation: enrol, suspend, resume, terminate, record months. */
@Service
public class ChangeParticipation {
    private final PersonStore persons;
    private final RecordStore records;
    private final ReservationStore reservations;
    private final DirectoryStore directory;
    private final AddPerson addPerson;
    private final TellParticipation tell;
    private final KeepHistory history;
    private final MonthsEntryStore entries;
    private final BusinessClock clock;

    ChangeParticipation(
            PersonStore persons,
            RecordStore records,
            ReservationStore reservations,
            DirectoryStore directory,
            AddPerson addPerson,
            TellParticipation tell,
            KeepHistory history,
            MonthsEntryStore entries,
            BusinessClock clock) {
        this.persons = persons;
        this.records = records;
        this.reservations = reservations;
        this.directory = directory;
        this.addPerson = addPerson;
        this.tell = tell;
        this.history = history;
        this.entries = entries;
        this.clock = clock;
    }

    /** 参保登记. */
    public record Enrolment(
            RegionCode region,
            Scheme scheme,
            PersonType personType,
            @Nullable String agency,
            @Nullable String employer,
            @Nullable LocalDate since,
            @Nullable String force) {}

    @Transactional
    public Relationship enrol(Certificate certificate, String name, @Nullable String sex, Enrolment asked) {
        var person = addPerson.findOrAdd(null, certificate, name, sex);
        var key = new RelationshipKey(person.id(), asked.region(), asked.scheme());
        var agency = agency(asked.region(), asked.agency());
        var before = persons.relationship(key).orElse(null);
        var next = new Relationship(
                key,
                ParticipationStatus.INSURED,
                asked.personType(),
                agency,
                asked.employer(),
                asked.since() == null ? clock.today() : asked.since());
        return switch (Participation.on(state(key, before), new Input.Enrol(asked.force()))) {
            case Outcome.Moved(var _, var despite) -> {
                history.requireAlive(person.id());
                if (before == null) {
                    persons.add(next);
                } else {
                    persons.keep(next);
                }
                tell.changed(before, next, despite);
                history.changed(before, next, asked.force());
                yield next;
            }
            case Outcome.AlreadyDone() -> before == null ? next : changeEmployer(before, asked.employer());
            case Outcome.Refused(var reason) -> throw refused(reason);
            case Outcome.Reserved(var open) -> throw reserved(open);
        };
    }

    /** 变更单位 — whoever is insured already may be enrolled under another employer (R1.5); no new registration (R6.1). */
    private Relationship changeEmployer(Relationship before, @Nullable String employer) {
        if (employer == null || employer.equals(before.employer())) {
            return before;
        }
        var next = new Relationship(
                before.key(), before.status(), before.personType(), before.agency(), employer, before.since());
        persons.keep(next);
        tell.changed(before, next, null);
        history.changed(before, next, null);
        return next;
    }

    /** Suspends, resumes or terminates. */
    @Transactional
    public Relationship change(Certificate certificate, RegionCode region, Scheme scheme, Input input) {
        var person = persons.lock(certificate).orElseThrow(Problem::notFound);
        var key = new RelationshipKey(person.id(), region, scheme);
        var before = persons.relationship(key).orElseThrow(Problem::notFound);
        return switch (Participation.on(state(key, before), input)) {
            case Outcome.Moved(var status, var despite) -> {
                if (status == ParticipationStatus.INSURED) {
                    history.requireAlive(person.id());
                }
                var next = new Relationship(
                        key, status, before.personType(), before.agency(), before.employer(), clock.today());
                persons.keep(next);
                tell.changed(before, next, despite);
                history.changed(before, next, input.why());
                yield next;
            }
            case Outcome.AlreadyDone() -> before;
            case Outcome.Refused(var reason) -> throw refused(reason);
            case Outcome.Reserved(var open) -> throw reserved(open);
        };
    }

    /**
     * 缴费时段 as an agency records it; the relationship's own agency when none is named.
     *
     * @param isBackPayment 补缴: months of a break, paid afterwards (43号 Art. 11)
     */
    public record Payment(
            YearMonth from, YearMonth to, @Nullable String agency, boolean isBackPayment) {
        PaidPeriod period(String agency) {
            return new PaidPeriod(from, to, agency);
        }
    }

    /** 缴费 — months paid, on the word of two persons; a month is paid once, whatever is recorded later. */
    @Transactional
    public void pay(Certificate certificate, RegionCode region, Scheme scheme, List<Payment> payments, Cause cause) {
        var person = persons.lock(certificate).orElseThrow(Problem::notFound);
        var key = new RelationshipKey(person.id(), region, scheme);
        var relationship = persons.relationship(key).orElseThrow(Problem::notFound);
        var known = persons.paid(key).stream()
                .flatMap(paid -> PaidMonths.monthsOf(paid.period()).stream())
                .collect(Collectors.toSet());
        record(
                persons,
                key,
                payments.stream()
                        .map(paid -> paid.period(
                                paid.agency() == null ? relationship.agency() : agency(region, paid.agency())))
                        .toList());
        payments.stream()
                .filter(Payment::isBackPayment)
                .flatMap(paid -> PaidMonths.monthsOf(paid.period(relationship.agency())).stream())
                .filter(month -> !known.contains(month))
                .forEach(month -> records.keepBackPayment(key, month, clock.today()));
        entries.record(List.of(key), cause);
    }

    private String agency(RegionCode region, @Nullable String code) {
        return directory
                .agencyCode(region, code)
                .orElseThrow(() -> Problem.field("agency", "UNKNOWN_AGENCY", "本统筹区没有这一经办机构。"));
    }

    /** Adds months to those that stand on no sheet; months on a sheet, or gone with one, are not paid again. */
    static void record(PersonStore persons, RelationshipKey key, List<PaidPeriod> periods) {
        var paid = persons.paid(key).stream()
                .collect(Collectors.partitioningBy(
                        PersonStore.Paid::isLoose, Collectors.mapping(PersonStore.Paid::period, Collectors.toList())));
        persons.keepPaid(
                key,
                PaidMonths.together(paid.getOrDefault(true, List.of()), periods, paid.getOrDefault(false, List.of())));
    }

    /** 参保查询 — a person's participation in one region. */
    public record View(Person person, @Nullable LocalDate diedOn, List<Found> participations) {
        public record Found(
                Relationship relationship,
                @Nullable CaseNumber openCase,
                List<PersonStore.Paid> paid,
                List<PersonStore.Inherited> inherited) {}
    }

    @Transactional
    public View find(Certificate certificate, RegionCode region) {
        var person = persons.lock(certificate).orElseThrow(Problem::notFound);
        var found = persons.relationships(person.id(), region);
        if (found.isEmpty()) {
            throw Problem.notFound();
        }
        return new View(
                person,
                history.diedOn(person.id()),
                found.stream()
                        .map(relationship -> new View.Found(
                                relationship,
                                reservations
                                        .holder(relationship.key(), clock.instant())
                                        .orElse(null),
                                persons.paid(relationship.key()),
                                persons.inherited(relationship.key())))
                        .toList());
    }

    private State state(RelationshipKey key, @Nullable Relationship before) {
        return State.of(
                before == null ? null : before.status(),
                reservations.holder(key, clock.instant()).orElse(null));
    }

    private static Problem refused(Participation.Reason reason) {
        return Problem.conflict(reason.name(), reason.message() + "。");
    }

    private static Problem reserved(CaseNumber open) {
        return Problem.conflict("RELATIONSHIP_RESERVED", "这一参保关系正在转出，暂不能恢复参保。")
                .with(List.of(new CodedReason(
                        "OPEN_TRANSFER", "受理编号 " + open + " 的转移尚未办结", "等待办结；本人坚持恢复的，可写明理由后强制恢复，信息表尚未开具的转移将随之终止")))
                .with("number", open.value());
    }
}
