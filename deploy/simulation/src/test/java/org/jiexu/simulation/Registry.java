package org.jiexu.simulation;

import java.util.List;
import java.util.stream.Stream;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.contract.ParticipationResumedV1;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** 登记 — the registry as far as cases touch it: what was booked, what has ended, what was left, who resumes by force. */
final class Registry extends Service {
    private final List<RegionCode> regions;
    private final Rows<CaseNumber, Boolean> booked;
    private final Rows<CaseNumber, Boolean> terminated;
    /** Whether months are there that no transfer has taken; where nothing is said, there are. */
    private final Rows<Relationship, Boolean> months;

    private final Rows<PersonRegion, RegionCode> movedTo;
    private final Rows<PersonRegion, AccountLeftV1> left;
    private final Rows<PersonId, PersonId> aliases;

    private record Relationship(PersonId person, RegionCode region, Scheme scheme) {}

    private record PersonRegion(PersonId person, RegionCode region) {}

    Registry(World world, List<RegionCode> regions) {
        super(world, Source.REGISTRY);
        this.regions = regions;
        booked = new Rows<>(world.undo);
        terminated = new Rows<>(world.undo);
        months = new Rows<>(world.undo);
        movedTo = new Rows<>(world.undo);
        left = new Rows<>(world.undo);
        aliases = new Rows<>(world.undo);
    }

    @Override
    List<String> topics() {
        return regions.stream()
                .flatMap(one -> Stream.of(Topics.participation(one)))
                .toList();
    }

    boolean isBooked(CaseNumber number) {
        return booked.get(number) != null;
    }

    boolean isTerminated(CaseNumber number) {
        return terminated.get(number) != null;
    }

    /** R2.2: whether there is something not yet transferred, months or money. */
    boolean isSomethingLeft(Matter matter) {
        return world.machines
                .leaving()
                .isSomething(
                        hasMonths(matter.person(), matter.from(), matter.fromScheme()),
                        left(matter.person(), matter.from()),
                        matter);
    }

    boolean hasMonths(PersonId person, RegionCode region, Scheme scheme) {
        return months.getOrDefault(new Relationship(kept(person), region, scheme), true);
    }

    /** What was told of all accounts of that person there. */
    Machines.Left left(PersonId person, RegionCode region) {
        var amount = Fen.ZERO;
        boolean chosen = false;
        for (var told : left.values()) {
            if (told.region().equals(region) && kept(told.person()).equals(kept(person))) {
                amount = amount.plus(told.amount());
                chosen |= told.chosen();
            }
        }
        return new Machines.Left(amount, chosen);
    }

    /** What was told of the account under that record. */
    Machines.Left told(PersonId record, RegionCode region) {
        var told = left.get(new PersonRegion(record, region));
        return told == null ? new Machines.Left(Fen.ZERO, false) : new Machines.Left(told.amount(), told.chosen());
    }

    /** Whether the person's employee relationship there has ended. */
    boolean hasEnded(PersonId person, RegionCode region) {
        return movedTo.get(new PersonRegion(kept(person), region)) != null;
    }

    /** Another region of the province where somebody who has left is insured now; null: none. */
    @Nullable
    RegionCode insuredNow(PersonId person, RegionCode region) {
        var to = movedTo.get(new PersonRegion(kept(person), region));
        return to == null || to.equals(region) || !to.province().equals(region.province()) ? null : to;
    }

    /** The record under which the person goes on. */
    PersonId kept(PersonId record) {
        var next = aliases.get(record);
        return next == null ? record : kept(next);
    }

    /** Told to each region where the merged record took part. */
    void merge(PersonId merged, PersonId into) {
        world.walked(Way.MERGED);
        world.story.tell(() -> self + " merges " + merged + " into " + into);
        aliases.put(merged, into);
        for (var entry : List.copyOf(movedTo.entries())) {
            var kept = new PersonRegion(into, entry.getKey().region());
            if (entry.getKey().person().equals(merged) && movedTo.get(kept) == null) {
                movedTo.put(kept, entry.getValue());
            }
        }
        for (var region : regions) {
            for (var scheme : Scheme.values()) {
                boolean any = hasMonths(merged, region, scheme) || hasMonths(into, region, scheme);
                months.put(new Relationship(into, region, scheme), any);
            }
            say(Event.participation(
                    self,
                    region,
                    merged.value(),
                    new PersonMergedV1("M" + merged.value(), into, merged, region, world.now)));
        }
    }

    void resume(Matter matter) {
        say(Event.participation(
                self,
                matter.from(),
                kept(matter.person()).value(),
                new ParticipationResumedV1(kept(matter.person()), matter.from(), matter.fromScheme(), world.now)));
    }

    @Override
    Answer handle(Received received) {
        switch (received.data()) {
            case HistoryBookedV1 data -> booked(data);
            case RelationshipTerminatedV1 data -> terminated(data);
            case AccountLeftV1 data -> {
                return left(data);
            }
            default -> {
                return Answer.skipped();
            }
        }
        return Answer.alreadyDone();
    }

    private void booked(HistoryBookedV1 data) {
        if (booked.get(data.caseNumber()) == null) {
            booked.put(data.caseNumber(), true);
            months.put(new Relationship(kept(data.person()), data.region(), data.scheme()), true);
        }
    }

    private void terminated(RelationshipTerminatedV1 data) {
        if (terminated.get(data.caseNumber()) == null) {
            terminated.put(data.caseNumber(), true);
            months.put(new Relationship(kept(data.person()), data.region(), data.scheme()), false);
            if (data.scheme() == Scheme.EMPLOYEE) {
                movedTo.put(
                        new PersonRegion(kept(data.person()), data.region()),
                        data.caseNumber().receivingRegion());
            }
        }
    }

    /** As in KeepLeftBalance: only a higher change is news. */
    private Answer left(AccountLeftV1 told) {
        var account = new PersonRegion(told.person(), told.region());
        var known = left.get(account);
        if (known != null && known.change() >= told.change()) {
            return Answer.alreadyDone();
        }
        left.put(account, told);
        return Answer.moved();
    }

    @Override
    String stateOf(CaseNumber number) {
        return (isBooked(number) ? "booked " : "") + (isTerminated(number) ? "terminated" : "");
    }
}
