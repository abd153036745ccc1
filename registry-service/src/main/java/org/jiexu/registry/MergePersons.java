package org.jiexu.registry;

import java.util.List;
import java.util.stream.Stream;
import org.jiexu.bus.client.PersonIds;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Change;
import org.jiexu.registry.domain.MergeGround;
import org.jiexu.registry.domain.UnitedRecord;
import org.jiexu.registry.postgres.LifeStore;
import org.jiexu.registry.postgres.MergeStore;
import org.jiexu.registry.postgres.MergeStore.Merge;
import org.jiexu.registry.postgres.MergeStore.State;
import org.jiexu.registry.postgres.MonthsEntryStore;
import org.jiexu.registry.postgres.MonthsEntryStore.Cause;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.PersonName;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 多条参保记录合并 — a clerk prepares it, another person decides it. The kept id takes everything over; the merged one stays
 * known and leads to it, so that whatever is still on its way arrives. What cannot be undone is done by two (R6.2).
 */
@Service
public class MergePersons {
    private final PersonStore persons;
    private final MergeStore merges;
    private final LifeStore life;
    private final KeepHistory history;
    private final TellParticipation tell;
    private final MonthsEntryStore entries;
    private final BusinessClock clock;

    MergePersons(
            PersonStore persons,
            MergeStore merges,
            LifeStore life,
            KeepHistory history,
            TellParticipation tell,
            MonthsEntryStore entries,
            BusinessClock clock) {
        this.persons = persons;
        this.merges = merges;
        this.life = life;
        this.history = history;
        this.tell = tell;
        this.entries = entries;
        this.clock = clock;
    }

    /** A merge with both persons as they are registered: whoever decides must see what is put together. */
    public record Shown(Merge merge, Person kept, Person merged, List<Relationship> relationships) {}

    /** Prepared once for the same two, however often it is asked. */
    @Transactional
    public Shown prepare(RegionCode region, Certificate keep, Certificate merge, @Nullable String evidence, String by) {
        var kept = persons.person(keep).orElseThrow(Problem::notFound);
        var merged = persons.person(merge).orElseThrow(Problem::notFound);
        if (kept.id().equals(merged.id())) {
            throw Problem.conflict("SAME_PERSON", "这两个证件已经登记为同一人，不需要合并。");
        }
        lockBoth(kept.id(), merged.id());
        requireHere(region, kept, merged);
        requireNothingOpen(kept.id(), merged.id());
        var ground = MergeGround.isOldForm(merge, keep) && PersonName.same(kept.name(), merged.name())
                ? MergeGround.SAME_NUMBER
                : MergeGround.EVIDENCE;
        if (ground == MergeGround.EVIDENCE && (evidence == null || evidence.isBlank())) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "EVIDENCE_REQUIRED", "两个证件号码不能相互推定，请写明合并依据的证明材料。")
                    .with(List.of(new CodedReason(
                            "NOT_THE_SAME_NUMBER", "并非同一号码的15位和18位形式，或者两条记录的姓名不同", "写明证明两条记录属于同一人的材料，由另一人复核")));
        }
        var open = merges.open(kept.id(), merged.id());
        if (open.isPresent()) {
            return shown(open.get());
        }
        var prepared = new Merge(
                UuidV7.next().toString(),
                region,
                kept.id(),
                merged.id(),
                ground,
                evidence,
                State.PREPARED,
                by,
                clock.instant(),
                null,
                null,
                null);
        merges.add(prepared);
        return shown(prepared);
    }

    /** Decides once; the same decision again changes nothing. */
    @Transactional
    public Shown approve(RegionCode region, String id, String by) {
        var merge = merges.lock(id, region).orElseThrow(Problem::notFound);
        if (merge.state() == State.MERGED) {
            return shown(merge);
        }
        requireOpen(merge, by);
        lockBoth(merge.kept(), merge.merged());
        if (!persons.kept(merge.kept()).equals(merge.kept())
                || !persons.kept(merge.merged()).equals(merge.merged())) {
            throw Problem.conflict("MERGE_OUTDATED", "其中一条记录此后已与他人合并，请重新提出。");
        }
        requireNothingOpen(merge.kept(), merge.merged());
        if (life.death(merge.kept()).isPresent() != life.death(merge.merged()).isPresent()) {
            throw Problem.conflict("DEATH_DIFFERS", "只有其中一条记录登记了死亡，请先核实。");
        }
        var moving = life.relationships(merge.merged());
        moving.forEach(relationship -> unite(relationship, merge));
        var cause = new Cause("merge:" + id, merge.preparedBy(), by);
        entries.record(
                moving.stream()
                        .flatMap(one -> Stream.of(kept(one, merge), one.key()))
                        .toList(),
                cause);
        merges.rename(merge.merged(), merge.kept(), clock.instant());
        merges.decide(id, State.MERGED, by, clock.instant(), null);
        tell.merged(merge, moving.stream().map(one -> one.key().region()).toList());
        return shown(merges.find(id, region).orElseThrow());
    }

    @Transactional
    public Shown refuse(RegionCode region, String id, String by, String reason) {
        var merge = merges.lock(id, region).orElseThrow(Problem::notFound);
        if (merge.state() != State.REFUSED) {
            requireOpen(merge, by);
            merges.decide(id, State.REFUSED, by, clock.instant(), reason);
        }
        return shown(merges.find(id, region).orElseThrow());
    }

    @Transactional(readOnly = true)
    public Shown find(RegionCode region, String id) {
        return shown(merges.find(id, region).orElseThrow(Problem::notFound));
    }

    /** The id under which a person goes on, and those that lead to it. */
    @Transactional(readOnly = true)
    public PersonIds ids(PersonId asked) {
        var person = persons.person(asked).orElseThrow(Problem::notFound).id();
        return new PersonIds(person, merges.aliases(person));
    }

    /** The same region and scheme twice become one; months count once, and the better status stands. */
    private void unite(Relationship moving, Merge merge) {
        var kept = kept(moving, merge);
        var standing = persons.relationship(kept).orElse(null);
        var better = standing == null || rank(moving) > rank(standing) ? moving : standing;
        var next = new Relationship(
                kept, better.status(), better.personType(), better.agency(), better.employer(), better.since());
        if (standing == null) {
            persons.add(next);
        } else {
            persons.keep(next);
        }
        merges.keepUnited(
                kept, merge.merged(), UnitedRecord.of(merges.paid(persons, kept), merges.paid(persons, moving.key())));
        merges.moveInherited(kept, merge.merged());
        merges.removeRelationship(moving.key());
        history.keep(
                kept,
                Change.MERGED,
                clock.today(),
                merge.ground().words() + (merge.evidence() == null ? "" : "：" + merge.evidence()));
    }

    private static RelationshipKey kept(Relationship moving, Merge merge) {
        return new RelationshipKey(
                merge.kept(), moving.key().region(), moving.key().scheme());
    }

    private static int rank(Relationship relationship) {
        return switch (relationship.status()) {
            case INSURED -> 2;
            case SUSPENDED -> 1;
            case TERMINATED -> 0;
        };
    }

    /** Always in the order of the ids: two merges never wait for each other. */
    private void lockBoth(PersonId one, PersonId other) {
        for (PersonId id : one.value().compareTo(other.value()) < 0 ? List.of(one, other) : List.of(other, one)) {
            if (persons.lock(id).isEmpty()) {
                throw Problem.notFound();
            }
        }
    }

    private void requireHere(RegionCode region, Person kept, Person merged) {
        if (persons.relationships(kept.id(), region).isEmpty()
                && persons.relationships(merged.id(), region).isEmpty()) {
            throw Problem.notFound();
        }
    }

    private void requireNothingOpen(PersonId kept, PersonId merged) {
        var open = Stream.of(kept, merged)
                .flatMap(id -> merges.openTransfers(id, clock.instant()).stream())
                .toList();
        if (!open.isEmpty()) {
            throw Problem.conflict("RELATIONSHIP_RESERVED", "其中一条记录正在转移，暂不能合并。")
                    .with(open.stream()
                            .map(number -> new CodedReason(
                                    "OPEN_TRANSFER", "受理编号 " + number + " 的转移尚未办结", "等待办结，或者在信息表开具前撤回后再合并"))
                            .toList())
                    .with("number", open.getFirst().value());
        }
    }

    private static void requireOpen(Merge merge, String by) {
        if (merge.state() != State.PREPARED) {
            throw Problem.conflict("MERGE_DECIDED", "这一合并申请已经有了结论。");
        }
        if (merge.preparedBy().equals(by)) {
            throw new Problem(HttpStatus.FORBIDDEN, "ANOTHER_PERSON_DECIDES", "提出合并的人不能复核，须由另一人复核。");
        }
    }

    private Shown shown(Merge merge) {
        var kept = persons.record(merge.kept()).orElseThrow();
        var merged = persons.record(merge.merged()).orElseThrow();
        return new Shown(
                merge,
                kept,
                merged,
                Stream.of(merge.kept(), merge.merged())
                        .flatMap(id -> life.relationships(id).stream())
                        .toList());
    }
}
