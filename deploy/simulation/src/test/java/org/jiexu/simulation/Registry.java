package org.jiexu.simulation;

import java.util.List;
import java.util.stream.Stream;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.contract.ParticipationResumedV1;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Source;

/** 登记 — the registry as far as cases touch it: what was booked, what has ended, who resumes by force. */
final class Registry extends Service {
    private final List<RegionCode> regions;
    private final Rows<CaseNumber, Boolean> booked;
    private final Rows<CaseNumber, Boolean> terminated;

    Registry(World world, List<RegionCode> regions) {
        super(world, Source.REGISTRY);
        this.regions = regions;
        booked = new Rows<>(world.undo);
        terminated = new Rows<>(world.undo);
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

    void resume(Matter matter) {
        say(Event.participation(
                self,
                matter.from(),
                matter.person().value(),
                new ParticipationResumedV1(matter.person(), matter.from(), matter.fromScheme(), world.now)));
    }

    @Override
    Answer handle(Received received) {
        switch (received.data()) {
            case HistoryBookedV1 data -> booked.put(data.caseNumber(), true);
            case RelationshipTerminatedV1 data -> terminated.put(data.caseNumber(), true);
            default -> {
                return Answer.skipped();
            }
        }
        return Answer.alreadyDone();
    }

    @Override
    String stateOf(CaseNumber number) {
        return (isBooked(number) ? "booked " : "") + (isTerminated(number) ? "terminated" : "");
    }
}
