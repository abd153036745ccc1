package org.jiexu.bus.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.wire.envelope.Envelope;
import org.jspecify.annotations.Nullable;

/** Where a follower keeps its copy: in the service's database, or in memory alone (the gateway). */
sealed interface DirectoryStore permits PostgresDirectoryStore, DirectoryStore.InMemory {
    record Position(String topicId, long next) {}

    record Thing(String subject, String type, String time, org.jiexu.wire.vocabulary.Bytes data) {
        static Thing of(Envelope envelope) {
            return new Thing(envelope.subject(), envelope.type(), envelope.time(), envelope.data());
        }
    }

    @Nullable
    Position position();

    List<Thing> things();

    /** Keeps the things and moves from {@code from} to {@code to}; false when somebody else has moved meanwhile. */
    boolean keep(List<Thing> newest, @Nullable Position from, Position to);

    /** The gateway's copy: read anew at each start. */
    final class InMemory implements DirectoryStore {
        private final Map<String, Thing> things = new HashMap<>();
        private @Nullable Position at;

        @Override
        public synchronized @Nullable Position position() {
            return at;
        }

        @Override
        public synchronized List<Thing> things() {
            return List.copyOf(things.values());
        }

        @Override
        public synchronized boolean keep(List<Thing> newest, @Nullable Position from, Position to) {
            newest.forEach(thing -> things.put(thing.subject(), thing));
            at = to;
            return true;
        }
    }
}
