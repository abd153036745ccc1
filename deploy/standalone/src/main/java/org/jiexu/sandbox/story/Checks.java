package org.jiexu.sandbox.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the rulebook asks, and whether it was so. */
public final class Checks {

    private final Narrator narrator;
    private final List<String> failures = new ArrayList<>();
    private int made;

    public Checks(Narrator narrator) {
        this.narrator = narrator;
    }

    public boolean that(boolean ok, String what) {
        made++;
        narrator.checked(ok, what);
        if (!ok) {
            failures.add(what);
        }
        return ok;
    }

    public boolean equal(String what, @Nullable Object wanted, @Nullable Object found) {
        boolean ok = Objects.equals(wanted, found);
        return that(ok, ok ? what + ": " + found : what + ": " + found + ", not " + wanted);
    }

    public int made() {
        return made;
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }
}
