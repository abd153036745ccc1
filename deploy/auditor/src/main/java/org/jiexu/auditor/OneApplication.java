package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/** I9: one Idempotency-Key is one application, with one answer. */
final class OneApplication implements Check {
    @Override
    public String invariant() {
        return "I9";
    }

    @Override
    public String holds() {
        return "one key is one application";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var numbers = new HashMap<String, Set<String>>();
        for (var asked : facts.history()) {
            var number = asked.number();
            if (number != null) {
                numbers.computeIfAbsent(asked.key(), _ -> new LinkedHashSet<>()).add(number);
            }
        }
        numbers.forEach((key, several) -> {
            if (several.size() > 1) {
                broken.add("key " + key + " was answered with " + several);
            }
        });
        // An open relationship has one case: whatever keys were used.
        var open = new HashMap<String, Integer>();
        facts.all("outgoing_case")
                .filter(row -> Set.of("HOLDING", "HOLD_REFUSED", "HELD", "ISSUED", "RETURNED")
                        .contains(row.text("state")))
                .forEach(row -> open.merge(
                        row.text("person") + " " + row.text("sending") + " " + row.text("from_scheme"),
                        1,
                        Integer::sum));
        open.forEach((relationship, times) -> {
            if (times > 1) {
                broken.add("relationship " + relationship + " has " + times + " open cases");
            }
        });
        return new Result(numbers.size() + " keys", broken);
    }
}
