package org.jiexu.registry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Change;
import org.jiexu.registry.domain.LifeEvents;
import org.jiexu.registry.domain.LifeEvents.Event;
import org.jiexu.registry.domain.LifeEvents.Outcome;
import org.jiexu.registry.domain.Participation;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.LifeStore;
import org.jiexu.registry.postgres.LifeStore.Death;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.InsuredTime;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 参保变更 — death, retirement and change of employer, each once however often it is told. */
@Service
public class RecordLife {
    private final PersonStore persons;
    private final ReservationStore reservations;
    private final DirectoryStore directory;
    private final LifeStore life;
    private final KeepHistory history;
    private final TellParticipation tell;
    private final BusinessClock clock;

    RecordLife(
            PersonStore persons,
            ReservationStore reservations,
            DirectoryStore directory,
            LifeStore life,
            KeepHistory history,
            TellParticipation tell,
            BusinessClock clock) {
        this.persons = persons;
        this.reservations = reservations;
        this.directory = directory;
        this.life = life;
        this.history = history;
        this.tell = tell;
        this.clock = clock;
    }

    private record Ended(
            Relationship before,
            Relationship after,
            @Nullable CaseNumber despite) {}

    /**
     * 死亡登记 — ends every relationship of the person, in all regions. With an open transfer nothing changes and 409 names
     * it; forced with a reason, the old region hears that the relationship is no longer held for the transfer, and ends
     * what it has not issued yet (R3.5). The account goes to the heirs by the region's rule, not by this platform.
     */
    @Transactional
    public List<Relationship> died(
            Certificate certificate, RegionCode region, LocalDate on, String evidence, @Nullable String force) {
        notInTheFuture("diedOn", on);
        var person = persons.lock(certificate).orElseThrow(Problem::notFound);
        if (persons.relationships(person.id(), region).isEmpty()) {
            throw Problem.notFound();
        }
        var standing = life.death(person.id());
        if (standing.isPresent()) {
            if (!standing.get().diedOn().equals(on)) {
                throw Problem.conflict("DEATH_RECORDED_OTHERWISE", "已登记的死亡日期与此不同；登记有误的，请先撤销。")
                        .with("diedOn", standing.get().diedOn());
            }
            return life.relationships(person.id());
        }
        var ended = end(life.relationships(person.id()), on, force);
        life.add(new Death(person.id(), on, region, evidence, KeepHistory.who(), clock.instant()));
        for (Ended one : ended) {
            persons.keep(one.after());
            tell.died(one.before(), one.after(), one.despite());
            history.keep(one.after().key(), Change.DIED, on, force == null ? evidence : evidence + "；" + force);
        }
        return life.relationships(person.id());
    }

    /** All of them or none; every open transfer is named. */
    private List<Ended> end(List<Relationship> relationships, LocalDate on, @Nullable String force) {
        var ended = new ArrayList<Ended>();
        var open = new ArrayList<CaseNumber>();
        for (Relationship before : relationships) {
            switch (LifeEvents.on(state(before), new Event.Died(force))) {
                case Outcome.Moved(var next, var despite) ->
                    ended.add(new Ended(
                            before,
                            new Relationship(
                                    before.key(), next, before.personType(), before.agency(), before.employer(), on),
                            despite));
                case Outcome.Reserved(var number) -> open.add(number);
                case Outcome.AlreadyDone() -> {}
                case Outcome.Refused(var reason) -> throw refused(reason);
            }
        }
        if (!open.isEmpty()) {
            throw reserved(open, "有尚未办结的转移，暂不能登记死亡。", "等待办结或者由转出地终止办理；急需登记的，可写明理由后强制登记，信息表尚未开具的转移将随之终止");
        }
        return ended;
    }

    /** 撤销死亡登记 — for what was recorded wrongly. The relationships stay ended; they are enrolled anew where needed. */
    @Transactional
    public void revokeDeath(Certificate certificate, RegionCode region, String why) {
        var person = persons.lock(certificate).orElseThrow(Problem::notFound);
        var here = persons.relationships(person.id(), region);
        if (here.isEmpty()) {
            throw Problem.notFound();
        }
        if (life.revoke(person.id(), KeepHistory.who(), why, clock.instant())) {
            here.forEach(one -> history.keep(one.key(), Change.DEATH_REVOKED, clock.today(), why));
        }
    }

    /** 在职转退休 — the person type becomes a retiree's; from then on the relationship does not move (43号 Art. 2). */
    @Transactional
    public Relationship retired(
            Certificate certificate, RegionCode region, PersonType type, LocalDate from, @Nullable String why) {
        if (!type.isRetiree()) {
            throw Problem.field("personType", "NOT_A_RETIREE", "退休人员的人员类别应为12开头的代码。");
        }
        notInTheFuture("from", from);
        var before = employee(certificate, region);
        if (before.personType().equals(type)) {
            return before;
        }
        return move(before, new Event.Retired(), before.agency(), before.employer(), type, Change.RETIRED, from, why);
    }

    /** 变更单位 — no new registration (R6.1). */
    @Transactional
    public Relationship employerChanged(
            Certificate certificate,
            RegionCode region,
            String employer,
            @Nullable String agency,
            LocalDate from,
            @Nullable String why) {
        notInTheFuture("from", from);
        var before = employee(certificate, region);
        var collects = agency == null ? before.agency() : agency(region, agency);
        if (employer.equals(before.employer()) && collects.equals(before.agency())) {
            return before;
        }
        return move(
                before,
                new Event.EmployerChanged(),
                collects,
                employer,
                before.personType(),
                Change.EMPLOYER_CHANGED,
                from,
                why);
    }

    private Relationship move(
            Relationship before,
            Event event,
            String agency,
            @Nullable String employer,
            PersonType type,
            Change what,
            LocalDate from,
            @Nullable String why) {
        return switch (LifeEvents.on(state(before), event)) {
            case Outcome.Moved(var status, var _) -> {
                var next = new Relationship(before.key(), status, type, agency, employer, before.since());
                persons.keep(next);
                history.keep(next.key(), what, from, why);
                yield next;
            }
            case Outcome.AlreadyDone() -> before;
            case Outcome.Refused(var reason) -> throw refused(reason);
            case Outcome.Reserved(var number) ->
                throw reserved(List.of(number), "这一参保关系正在转出，暂不能办理。", "等待办结；或者在信息表开具前撤回转移后再办理");
        };
    }

    private Relationship employee(Certificate certificate, RegionCode region) {
        var person = persons.lock(certificate).orElseThrow(Problem::notFound);
        return persons.relationship(new RelationshipKey(person.id(), region, Scheme.EMPLOYEE))
                .orElseThrow(Problem::notFound);
    }

    private Participation.State state(Relationship before) {
        return Participation.State.of(
                before.status(),
                reservations.holder(before.key(), clock.instant()).orElse(null));
    }

    private void notInTheFuture(String field, LocalDate on) {
        if (on.isAfter(clock.today())) {
            throw Problem.field(field, "FUTURE_DATE", "日期不能晚于今天。");
        }
        var fault = new InsuredTime(clock.today(), null).faultOfDay(on);
        if (fault != null) {
            throw Problem.field(field, fault.code(), fault.message());
        }
    }

    private String agency(RegionCode region, String code) {
        return directory
                .agencyCode(region, code)
                .orElseThrow(() -> Problem.field("agency", "UNKNOWN_AGENCY", "本统筹区没有这一经办机构。"));
    }

    private static Problem refused(Participation.Reason reason) {
        return Problem.conflict(reason.name(), reason.message() + "。");
    }

    private static Problem reserved(List<CaseNumber> open, String detail, String remedy) {
        return Problem.conflict("RELATIONSHIP_RESERVED", detail)
                .with(open.stream()
                        .map(number -> new CodedReason("OPEN_TRANSFER", "受理编号 " + number + " 的转移尚未办结", remedy))
                        .toList())
                .with("number", open.getFirst().value());
    }
}
