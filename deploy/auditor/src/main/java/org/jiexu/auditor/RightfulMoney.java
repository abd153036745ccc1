package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * I3, of whose money it is: only what the case's own old region has sent is credited, it is never kept out, and an advance is
 * given back only where there was one.
 */
final class RightfulMoney implements Check {
    private static final String CREDIT = "credit:";
    private static final String CORRECT = "correct:";

    @Override
    public String invariant() {
        return "I3";
    }

    @Override
    public String holds() {
        return "only the old region's money is credited, and it arrives";
    }

    @Override
    public Result look(Facts facts) {
        var oldRegions = oldRegions(facts);
        var broken = new ArrayList<String>();
        var keys = new HashSet<String>();
        var ledgers = new HashSet<String>();
        facts.all("posting").forEach(row -> {
            keys.add(row.text("region") + " " + row.text("business_key"));
            ledgers.add(row.text("region"));
        });
        credits(keys, oldRegions, broken);
        corrections(facts, keys, broken);
        int arrivals = arrivals(facts, oldRegions, keys, ledgers, broken);
        return new Result(oldRegions.size() + " accepted cases, " + arrivals + " remittances", broken);
    }

    /** By the receiving region's word to the old one; a case with a region outside the platform has none. */
    private static Map<String, String> oldRegions(Facts facts) {
        var found = new HashMap<String, String>();
        facts.ofType("transfer.accepted.v1")
                .forEach(said ->
                        found.put(said.subject(), said.json().path("from").asString("")));
        return found;
    }

    private static void credits(Set<String> keys, Map<String, String> oldRegions, List<String> broken) {
        for (var key : keys) {
            int cut = key.indexOf('<');
            if (key.substring(7).startsWith(CREDIT) && cut > 0) {
                var rn = key.substring(7 + CREDIT.length(), cut);
                var sender = key.substring(cut + 1);
                var old = oldRegions.get(rn.substring(0, rn.lastIndexOf('-')));
                if (old != null && !old.equals(sender)) {
                    broken.add("remittance " + rn + " was credited with the money of " + sender + ", the case is from "
                            + old);
                }
            }
        }
    }

    /** In the debtor's ledger; the creditor's own is the one in which the case's number begins. */
    private static void corrections(Facts facts, Set<String> keys, List<String> broken) {
        var advances = new HashSet<String>();
        for (var database : facts.databases()) {
            var clearing = new HashSet<String>();
            database.rows("account").stream()
                    .filter(row -> row.is("kind", "CLEARING"))
                    .forEach(row -> clearing.add(row.text("id")));
            var advanced = new HashSet<String>();
            database.rows("posting_line").stream()
                    .filter(row -> clearing.contains(row.text("account")))
                    .forEach(row -> advanced.add(row.text("posting")));
            database.rows("posting").stream()
                    .filter(row -> advanced.contains(row.text("id")))
                    .forEach(row -> advances.add(row.text("region") + " " + row.text("business_key")));
        }
        for (var key : keys) {
            if (key.substring(7).startsWith(CORRECT)) {
                var region = key.substring(0, 6);
                var rn = key.substring(7 + CORRECT.length());
                if (!rn.startsWith(region) && !advances.contains(region + " remit:" + rn)) {
                    broken.add("the ledger of " + region + " was given back " + rn + " without having advanced it");
                }
                if (!rn.startsWith(region) && keys.contains(region + " home:" + rn)) {
                    broken.add("the ledger of " + region + " was given back " + rn + " after it had come home");
                }
            }
        }
    }

    /** What the right region has said it sent is in the receiving region's ledger, also if a reader has put it aside. */
    private static int arrivals(
            Facts facts, Map<String, String> oldRegions, Set<String> keys, Set<String> ledgers, List<String> broken) {
        int arrivals = 0;
        for (var said : facts.said()) {
            var old = oldRegions.get(said.subject());
            if (!said.type().equals("balance.remitted.v1")
                    || old == null
                    || !said.source().equals("/regions/" + old + "/settlement")) {
                continue;
            }
            var rn = said.json().path("remittance").asString("");
            if (!rn.startsWith(said.subject() + "-")) {
                // No remittance of that case: readers keep it out, and that is looked at elsewhere.
                continue;
            }
            arrivals++;
            var receiver = said.subject().substring(0, 6);
            boolean booked =
                    keys.contains(receiver + " arrive:" + rn + "<" + old) || keys.contains(receiver + " arrive:" + rn);
            if (ledgers.contains(receiver) && !booked) {
                broken.add("remittance " + rn + " of " + old + " was sent and never arrived at " + receiver);
            }
        }
        return arrivals;
    }
}
