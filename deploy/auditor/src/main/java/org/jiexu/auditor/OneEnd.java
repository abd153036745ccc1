package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I2: a case has one end, both regions know the same one, and nothing is told of another. */
final class OneEnd implements Check {
    private static final Set<String> ENDS = Set.of("COMPLETED", "WITHDRAWN", "DECLINED");
    private static final Set<String> TOLD_ENDS = Set.of("COMPLETED", "WITHDRAWN", "DECLINED", "REFUSED");

    @Override
    public String invariant() {
        return "I2";
    }

    @Override
    public String holds() {
        return "each case has one end, the same in both regions";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var receiving = states(facts, "transfer_case");
        var sending = states(facts, "outgoing_case");
        sending.forEach((number, there) -> {
            var here = receiving.get(number);
            if (here != null && !here.equals(there) && (ENDS.contains(here) || ENDS.contains(there))) {
                broken.add("case " + number + " is " + here + " where it is received and " + there
                        + " where it comes from");
            }
        });
        toldEnds(facts, receiving, broken);
        vanished(facts, receiving.keySet(), broken);
        return new Result(receiving.size() + " cases", broken);
    }

    /** Also one that no client was ever told of: it followed an enrolment by itself. */
    private static void vanished(Facts facts, Set<String> known, List<String> broken) {
        facts.all("event_journal")
                .filter(row -> row.is("type", "transfer.accepted.v1"))
                .map(row -> row.text("subject"))
                .filter(number -> !known.contains(number))
                .distinct()
                .forEach(number -> broken.add("case " + number + " was accepted and is not there"));
    }

    private static Map<String, String> states(Facts facts, String table) {
        var states = new HashMap<String, String>();
        facts.all(table).forEach(row -> states.put(row.text("number"), row.text("state")));
        return states;
    }

    private static void toldEnds(Facts facts, Map<String, String> states, List<String> broken) {
        var told = new HashMap<String, Set<String>>();
        facts.ofType("case.progressed.v1").forEach(said -> {
            var status = said.json().path("status").asString("");
            if (TOLD_ENDS.contains(status)) {
                told.computeIfAbsent(said.subject(), _ -> new LinkedHashSet<>()).add(status);
            }
        });
        told.forEach((number, ends) -> {
            if (ends.size() > 1) {
                broken.add("case " + number + " was told to have ended as " + ends);
            }
            var state = states.get(number);
            if (state != null && !ends.contains(state)) {
                broken.add("case " + number + " was told to have ended as " + ends + " and is " + state);
            }
        });
    }
}
