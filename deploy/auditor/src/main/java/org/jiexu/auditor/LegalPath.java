package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** I6: what the receiving region tells of a case is a path of the published process, in the order in which it was said. */
final class LegalPath implements Check {
    private static final String TOLD_BY = "/transfer-in";

    /** After which told state which may follow; skipped ones are those that are not told. */
    private static final Map<String, Set<String>> NEXT = Map.ofEntries(
            Map.entry("", Set.of("ACCEPTED", "INCOMPLETE", "WAITING", "WITHDRAWN", "REFUSED")),
            Map.entry("INCOMPLETE", Set.of("ACCEPTED", "INCOMPLETE", "WAITING", "WITHDRAWN", "REFUSED")),
            Map.entry("WAITING", Set.of("ACCEPTED", "INCOMPLETE", "WITHDRAWN", "REFUSED")),
            Map.entry(
                    "ACCEPTED",
                    Set.of(
                            "ACCEPTED",
                            "RECEIVED",
                            "RETURNED",
                            "BOOKED",
                            "YEAR_RUNNING",
                            "COMPLETED",
                            "WITHDRAWN",
                            "DECLINED")),
            Map.entry("WITHDRAWING", Set.of("RECEIVED", "RETURNED", "BOOKED", "COMPLETED", "WITHDRAWN", "DECLINED")),
            Map.entry("RECEIVED", Set.of("RECEIVED", "RETURNED", "BOOKED", "YEAR_RUNNING", "COMPLETED", "DECLINED")),
            Map.entry("RETURNED", Set.of("RECEIVED", "RETURNED", "BOOKED", "YEAR_RUNNING", "COMPLETED", "DECLINED")),
            Map.entry("BOOKED", Set.of("BOOKED", "COMPLETED")),
            Map.entry("YEAR_RUNNING", Set.of("YEAR_RUNNING", "COMPLETED")),
            Map.entry("COMPLETED", Set.of("COMPLETED")),
            Map.entry("WITHDRAWN", Set.of()),
            Map.entry("DECLINED", Set.of()),
            Map.entry("REFUSED", Set.of()));

    @Override
    public String invariant() {
        return "I6";
    }

    @Override
    public String holds() {
        return "every history is a path of the process";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var byId = new HashMap<String, Said>();
        facts.ofType("case.progressed.v1")
                .filter(said -> said.source().endsWith(TOLD_BY))
                .forEach(said -> byId.putIfAbsent(said.id(), said));
        var last = new HashMap<String, String>();
        byId.values().stream()
                .sorted(Comparator.comparing(Said::subject).thenComparing(Said::sequence))
                .forEach(said -> {
                    var before = last.getOrDefault(said.subject(), "");
                    var now = said.json().path("state").asString("");
                    if (!NEXT.getOrDefault(before, Set.of()).contains(now)) {
                        broken.add("case " + said.subject() + " went from " + (before.isEmpty() ? "nothing" : before)
                                + " to " + now);
                    }
                    last.put(said.subject(), now);
                });
        return new Result(last.size() + " histories", broken);
    }
}
