package org.jiexu.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/** Topics as one queue for each reader. A message is never lost for ever; it may wait, overtake, and come again. */
final class Network {
    private static final Bytes NONE = Bytes.of(new byte[0]);

    private final World world;
    private final List<Queue> queues = new ArrayList<>();
    private final Map<String, List<Queue>> byTopic = new HashMap<>();
    private final List<Later> later = new ArrayList<>();
    private int said;

    /** A repetition that has not come yet: it may come at once, or after everything else. */
    private record Later(Queue queue, Received message) {}

    private record Queue(Service reader, ArrayList<Received> waiting) {}

    Network(World world) {
        this.world = world;
    }

    void connect(Service reader) {
        for (var topic : reader.topics()) {
            var queue = new Queue(reader, new ArrayList<>());
            queues.add(queue);
            byTopic.computeIfAbsent(topic, _ -> new ArrayList<>()).add(queue);
        }
    }

    /** The event with its id and time; it is signed in the services, here nobody lies. */
    Received envelope(Event event) {
        var type = EventType.of(event.data());
        var envelope = new Envelope(
                "m" + ++said,
                "",
                type.wireName(),
                event.to(),
                event.subject(),
                world.nowText(),
                said,
                null,
                null,
                "",
                NONE,
                NONE);
        var region = type.family().isPerRegion() ? new RegionCode(event.to()) : null;
        return new Received(event.topic(), region, envelope, type, event.data(), event.source());
    }

    /** Sends the oldest message of the outbox; cut off between sending and marking, it is sent once more later. */
    void relay(Service service, boolean cutOff) {
        var message = service.outbox.get(0);
        world.story.tell(() -> service.self + " sends " + message.id() + " "
                + message.type().wireName() + " to " + message.topic() + (cutOff ? ", and is cut off" : ""));
        // What is too large every reader keeps out.
        if (!(message.data() instanceof InfoSheetIssuedV1) || !SendingDesk.isTooLarge(message.caseNumber())) {
            for (var queue : byTopic.getOrDefault(message.topic(), List.of())) {
                queue.waiting.add(message);
            }
        }
        if (!cutOff) {
            service.outbox.remove(0);
        }
    }

    /** Some reader handles some message; false when nothing waits. */
    boolean deliver(boolean faultless) {
        var random = world.random;
        if (!later.isEmpty() && random.nextInt(8) == 0) {
            repeat();
        }
        var queue = someWaiting();
        if (queue == null) {
            return !later.isEmpty() && repeat();
        }
        int index = world.faults.shuffled() ? random.nextInt(queue.waiting.size()) : 0;
        var message = queue.waiting.get(index);
        if (!faultless && random.nextInt(100) < world.faults.crash()) {
            queue.reader.receive(message);
            world.undo.rollBack();
            world.walked(Way.CUT_OFF);
            world.story.tell(() -> queue.reader.self + " is cut off before its commit: nothing of it stays");
            return true;
        }
        queue.reader.receive(message);
        queue.waiting.remove(index);
        if (random.nextInt(100) < world.faults.repeated()) {
            boolean newId = random.nextInt(100) < world.faults.newId();
            if (newId) {
                world.walked(Way.INBOX_DEFEATED);
            }
            later.add(new Later(queue, newId ? again(message) : message));
        }
        return true;
    }

    private boolean repeat() {
        var repeated = later.remove(world.random.nextInt(later.size()));
        repeated.queue.waiting.add(repeated.message);
        return true;
    }

    /** Some queue in which something waits; a slow reader's mostly only when nothing else waits. */
    private @Nullable Queue someWaiting() {
        int start = world.random.nextInt(queues.size());
        Queue slow = null;
        for (int i = 0; i < queues.size(); i++) {
            var queue = queues.get((start + i) % queues.size());
            if (!queue.waiting.isEmpty()) {
                if (!queue.reader.self.service().equals(world.faults.slow()) || world.random.nextInt(8) == 0) {
                    return queue;
                }
                slow = queue;
            }
        }
        return slow;
    }

    private Received again(Received message) {
        var was = message.envelope();
        var envelope = new Envelope(
                "m" + ++said,
                was.source(),
                was.type(),
                was.to(),
                was.subject(),
                was.time(),
                was.sequence(),
                null,
                null,
                "",
                NONE,
                NONE);
        return new Received(
                message.topic(), message.topicRegion(), envelope, message.type(), message.data(), message.source());
    }
}
