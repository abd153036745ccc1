package org.jiexu.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Source;

/**
 * One service of one region, as the runtime makes it: inbox, parking and outbox in the transaction of the move. What the
 * runtime does in BatchIntake and Parking stands here once more in memory.
 */
abstract class Service {
    final World world;
    final Source self;
    private final Rows<String, Boolean> inbox;
    final Listed<Received> outbox;
    final Listed<Received> parked;
    final Rows<LimitKey, Limit> limits;

    record LimitKey(CaseNumber number, DeadlineKind kind) {}

    /** 时限 — a deadline row. */
    record Limit(CaseNumber number, DeadlineKind kind, Instant endsAt, boolean running, boolean missed) {}

    Service(World world, Source self) {
        this.world = world;
        this.self = self;
        inbox = new Rows<>(world.undo);
        outbox = new Listed<>(world.undo);
        parked = new Listed<>(world.undo);
        limits = new Rows<>(world.undo);
    }

    abstract List<String> topics();

    abstract Answer handle(Received received);

    /** What the story says of a case here. */
    abstract String stateOf(CaseNumber number);

    void receive(Received received) {
        if (inbox.get(received.id()) != null) {
            world.story.tell(() -> self + " knows " + received.id() + " already");
            return;
        }
        inbox.put(received.id(), true);
        var answer = told(received);
        switch (answer) {
            case Answer.Moved() -> offerAgain(received.envelope().subject());
            case Answer.AlreadyDone() -> {}
            case Answer.Skipped() -> {}
            case Answer.Rejected(String _) -> {
                world.walked(Way.PARKED);
                parked.add(received);
            }
            case Answer.Quarantined(String reason) ->
                // What is true may never be taken for a lie.
                Broken.unless(
                        world.liar.said(received), () -> self + " quarantines " + received.data() + ": " + reason);
        }
    }

    private Answer told(Received received) {
        var answer = handle(received);
        if (!(answer instanceof Answer.Skipped)) {
            world.story.tell(() -> self + " < " + received.id() + " "
                    + received.type().wireName() + " " + received.data() + ": " + answer);
        }
        return answer;
    }

    /** As Parking does: what a move meanwhile has offered already is offered once more, and then done already. */
    void offerAgain(String subject) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (var received : waitingFor(subject)) {
                var answer = told(received);
                if (!(answer instanceof Answer.Rejected)) {
                    leave(received);
                }
                moved |= answer instanceof Answer.Moved;
            }
        }
    }

    private List<Received> waitingFor(String subject) {
        var found = new ArrayList<Received>();
        for (int i = 0; i < parked.size(); i++) {
            if (parked.get(i).envelope().subject().equals(subject)) {
                found.add(parked.get(i));
            }
        }
        return found;
    }

    private void leave(Received received) {
        for (int i = 0; i < parked.size(); i++) {
            if (parked.get(i).equals(received)) {
                parked.remove(i);
                return;
            }
        }
    }

    void say(Event event) {
        outbox.add(world.network.envelope(event));
    }

    void startLimit(CaseNumber number, DeadlineKind kind, Instant from, int workingDays) {
        var endsAt = world.calendar.term(from, workingDays).endsAt();
        limits.put(key(number, kind), new Limit(number, kind, endsAt, true, false));
    }

    void endLimit(CaseNumber number, DeadlineKind kind) {
        var limit = limits.get(key(number, kind));
        if (limit != null && limit.running()) {
            limits.put(key(number, kind), new Limit(number, kind, limit.endsAt(), false, limit.missed()));
        }
    }

    boolean runs(CaseNumber number, DeadlineKind kind) {
        var limit = limits.get(key(number, kind));
        return limit != null && limit.running();
    }

    /** Time went on: a limit that has ended is missed once, and nothing else changes by it. */
    void sweep() {
        for (var limit : List.copyOf(limits.values())) {
            if (limit.running() && !limit.missed() && !limit.endsAt().isAfter(world.now)) {
                world.walked(Way.LIMIT_MISSED);
                world.story.tell(() -> self + ": " + limit.kind() + " of " + limit.number() + " is missed");
                limits.put(
                        key(limit.number(), limit.kind()),
                        new Limit(limit.number(), limit.kind(), limit.endsAt(), true, true));
            }
        }
    }

    private static LimitKey key(CaseNumber number, DeadlineKind kind) {
        return new LimitKey(number, kind);
    }
}
