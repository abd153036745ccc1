package org.jiexu.bus.inbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ids and digests of what was handled: the fast path against repetition (the state tables are the sure one). */
final class Inbox {
    private final JdbcClient jdbc;

    enum Entry {
        FIRST,
        REPEATED,
        /** The same id with other content: somebody lies or something broke. */
        CONFLICT
    }

    Inbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Entry enter(Received received) {
        return enter(List.of(received)).getFirst();
    }

    /** What each is, in their order, also against those before it in the list. */
    List<Entry> enter(List<Received> batch) {
        var entered = new HashSet<>(jdbc.sql("""
            insert into inbox (id, digest, topic)
            select * from unnest(:ids::text[], :digests::text[], :topics::text[])
            on conflict do nothing
            returning id
            """)
                .param("ids", texts(batch, received -> received.envelope().id()))
                .param("digests", texts(batch, received -> received.envelope().digest()))
                .param("topics", texts(batch, Received::topic))
                .query(String.class)
                .list());
        var known = entered.size() == batch.size() ? Map.<String, String>of() : digests(batch);
        var entries = new ArrayList<Entry>(batch.size());
        for (var received : batch) {
            var envelope = received.envelope();
            if (entered.remove(envelope.id())) {
                entries.add(Entry.FIRST);
            } else {
                entries.add(envelope.digest().equals(known.get(envelope.id())) ? Entry.REPEATED : Entry.CONFLICT);
            }
        }
        return entries;
    }

    private Map<String, String> digests(List<Received> batch) {
        var digests = new HashMap<String, String>();
        jdbc.sql("select id, digest from inbox where id = any(:ids)")
                .param("ids", texts(batch, received -> received.envelope().id()))
                .query((row, n) -> digests.put(row.getString("id"), row.getString("digest")))
                .list();
        return digests;
    }

    private static String[] texts(List<Received> batch, Function<Received, String> of) {
        return batch.stream().map(of).toArray(String[]::new);
    }
}
