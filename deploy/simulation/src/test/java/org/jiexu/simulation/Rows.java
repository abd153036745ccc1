package org.jiexu.simulation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of a service's database: what is put takes part in the running transaction. */
final class Rows<K, V> {
    private final Map<K, V> rows = new LinkedHashMap<>();
    private final Undo undo;

    Rows(Undo undo) {
        this.undo = undo;
    }

    @Nullable
    V get(K key) {
        return rows.get(key);
    }

    V getOrDefault(K key, V missing) {
        var found = rows.get(key);
        return found == null ? missing : found;
    }

    void put(K key, V value) {
        var before = rows.put(key, value);
        undo.by(() -> {
            if (before == null) {
                rows.remove(key);
            } else {
                rows.put(key, before);
            }
        });
    }

    Collection<V> values() {
        return rows.values();
    }

    Collection<Map.Entry<K, V>> entries() {
        return rows.entrySet();
    }

    Map<K, V> asMap() {
        return rows;
    }
}
