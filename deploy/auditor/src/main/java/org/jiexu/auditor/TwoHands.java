package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I10: money that comes by hand, or from a bank's slip, comes by two persons who stand beside the posting (R11.5). */
final class TwoHands implements Check {
    private static final String SANDBOX = "SANDBOX";
    private static final String BEFORE = "BEFORE_THE_RULE";

    @Override
    public String invariant() {
        return "I10";
    }

    @Override
    public String holds() {
        return "nothing is booked by one hand";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        boolean inSandbox = facts.all("sandbox_clock").findAny().isPresent();
        int looked = 0;
        for (var database : facts.databases()) {
            var hands = new HashMap<String, Row>();
            database.rows("posting_hand").forEach(row -> hands.put(row.text("posting"), row));
            var kinds = kinds(database);
            for (var posting : database.rows("posting")) {
                if (isByHand(posting, kinds.getOrDefault(posting.text("id"), Set.of()))) {
                    looked++;
                    judge(posting, hands.get(posting.text("id")), inSandbox, broken);
                }
            }
        }
        return new Result(looked + " postings by hand", broken);
    }

    /** Nothing else touches the fund; from the bank money comes by a slip, and goes back by itself when it has no case. */
    private static boolean isByHand(Row posting, Set<String> kinds) {
        var key = posting.text("business_key");
        return kinds.contains("FUND")
                || key.startsWith("match:")
                || (kinds.contains("BANK") && key.startsWith("arrive:"));
    }

    private static void judge(Row posting, @Nullable Row hands, boolean inSandbox, List<String> broken) {
        var name = "posting " + posting.text("business_key") + " of " + posting.text("region");
        if (hands == null) {
            broken.add(name + " is by one hand: nobody stands beside it");
            return;
        }
        var prepared = hands.text("prepared_by");
        switch (hands.text("act")) {
            case BEFORE -> {}
            case SANDBOX -> {
                if (!inSandbox) {
                    broken.add(name + " says that a sandbox has made it, and there is none");
                }
            }
            default -> {
                if (prepared.isBlank()
                        || hands.text("approved_by").isBlank()
                        || prepared.equals(hands.text("approved_by"))) {
                    broken.add(name + " is by one hand: prepared and approved by the same person");
                }
            }
        }
    }

    /** The kinds of the accounts that a posting has lines on. */
    private static Map<String, Set<String>> kinds(Database database) {
        var byAccount = new HashMap<String, String>();
        database.rows("account").forEach(row -> byAccount.put(row.text("id"), row.text("kind")));
        var kinds = new HashMap<String, Set<String>>();
        for (var line : database.rows("posting_line")) {
            kinds.computeIfAbsent(line.text("posting"), _ -> new HashSet<>())
                    .add(byAccount.getOrDefault(line.text("account"), ""));
        }
        return kinds;
    }
}
