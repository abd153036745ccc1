package org.jiexu.registry;

import java.time.LocalDate;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Ground;
import org.jiexu.registry.postgres.FactStore;
import org.jiexu.registry.postgres.FactStore.Fact;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.InsuredTime;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 业务事实登记 — arrears, costs not settled and the like, as a region's agency records them. They stand in nobody's way unless
 * a dated policy has switched the ground on (43号 Art. 15).
 */
@Service
public class RecordFacts {
    private static final int LONGEST_YEARS = 100;

    private final FactStore facts;
    private final PersonStore persons;
    private final BusinessClock clock;

    RecordFacts(FactStore facts, PersonStore persons, BusinessClock clock) {
        this.facts = facts;
        this.persons = persons;
        this.clock = clock;
    }

    /** What an agency says of a relationship, and from which day to which. */
    public record Said(
            Scheme scheme,
            Ground ground,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable String note) {}

    @Transactional
    public Fact record(Certificate certificate, RegionCode region, Said said, String by) {
        if (!said.ground().isSwitched()) {
            throw Problem.field("ground", "NOT_A_FACT", "这一理由由平台核验，不作为业务事实登记。");
        }
        requireInOrder(said.from(), said.to());
        var person = persons.lock(certificate).orElseThrow(Problem::notFound);
        var key = new RelationshipKey(person.id(), region, said.scheme());
        if (persons.relationship(key).isEmpty()) {
            throw Problem.notFound();
        }
        var fact = new Fact(
                UuidV7.next().toString(),
                key,
                said.ground(),
                said.from(),
                said.to(),
                said.note(),
                by,
                clock.instant(),
                null,
                null);
        facts.add(fact);
        return fact;
    }

    /** 了结 — it no longer holds from that day on. The same end again changes nothing. */
    @Transactional
    public Fact end(RegionCode region, String id, LocalDate to, String by) {
        var fact = locked(region, id);
        if (fact.endedAt() == null) {
            requireInOrder(fact.from(), to);
            facts.end(id, to, by, clock.instant());
        } else if (!to.equals(fact.to())) {
            throw Problem.conflict("FACT_ENDED", "这一业务事实已经了结。");
        }
        return locked(region, id);
    }

    private Fact locked(RegionCode region, String id) {
        return facts.lock(id).filter(fact -> fact.key().region().equals(region)).orElseThrow(Problem::notFound);
    }

    private void requireInOrder(LocalDate from, @Nullable LocalDate to) {
        var fault = new InsuredTime(clock.today(), null).faultOfDay(from);
        if (fault != null) {
            throw Problem.field("from", fault.code(), fault.message());
        }
        if (to != null && to.getYear() > clock.today().getYear() + LONGEST_YEARS) {
            throw Problem.field("to", "BAD_DATE", "终止日期过晚；没有期限的不必填写。");
        }
        if (to != null && to.isBefore(from)) {
            throw Problem.field("to", "INVALID_PERIOD", "终止日期早于起始日期。");
        }
    }
}
