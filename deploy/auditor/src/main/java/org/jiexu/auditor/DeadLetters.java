package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** L: what readers have put aside is exactly what a client that was alone has put in their way. */
final class DeadLetters implements Check {
    /** A history says so of itself when nobody else has used the platform. */
    private static final String ALONE = "alone";

    private static final String POISON = "poison";

    /** What only those put aside whom it contradicts. */
    private static final String LIE = "lie";

    @Override
    public String invariant() {
        return "L";
    }

    @Override
    public String holds() {
        return "dead letters are those that were planted, and all of them";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        if (facts.history().stream().noneMatch(asked -> asked.outcome().equals(ALONE))) {
            return new Result("no history of a client alone", broken);
        }
        var planted = places(facts, POISON);
        var lies = places(facts, LIE);
        var saidAt = facts.said().stream().collect(Collectors.toMap(Said::place, said -> said, (first, _) -> first));
        for (var database : facts.databases()) {
            var aside = new HashSet<String>();
            for (var row : database.rows("quarantined")) {
                var place = row.text("topic") + "-" + row.text("partition") + "@" + row.text("log_offset");
                aside.add(place);
                if (!planted.contains(place) && !lies.contains(place)) {
                    broken.add(database.name() + " has put aside " + place + ": " + row.text("reason"));
                }
            }
            var read = database.rows("topic_offset").stream()
                    .map(row -> row.text("topic") + "-" + row.text("partition"))
                    .collect(Collectors.toSet());
            planted.stream()
                    .filter(place -> read.contains(place.substring(0, place.indexOf('@'))) && !aside.contains(place))
                    // What only others hear may be passed over; they put it aside.
                    .filter(place -> !saidAt.containsKey(place) || Readers.hears(database.name(), saidAt.get(place)))
                    .forEach(place -> broken.add(database.name() + " has not put aside what was planted at " + place));
        }
        return new Result(planted.size() + " planted, " + lies.size() + " lies", broken);
    }

    private static Set<String> places(Facts facts, String outcome) {
        return facts.history().stream()
                .filter(asked -> asked.outcome().equals(outcome))
                .map(Asked::key)
                .collect(Collectors.toSet());
    }
}
