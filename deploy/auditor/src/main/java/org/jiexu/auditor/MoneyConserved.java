package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I1: every posting and every ledger sums to 0, balances are what was posted, and each remittance is in one place. */
final class MoneyConserved implements Check {
    private static final Set<String> MAY_BE_NEGATIVE =
            Set.of("FUND", "TRANSIT", "CLEARING", "BANK", "PAID_UP", "PAID_DOWN", "POOL");

    @Override
    public String invariant() {
        return "I1";
    }

    @Override
    public String holds() {
        return "money is conserved to the cent";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        long postings = 0;
        for (var database : facts.databases()) {
            if (database.has("posting_line")) {
                postings += database.rows("posting").size();
                ledger(database, broken);
            }
        }
        remittances(facts, broken);
        return new Result(postings + " postings", broken);
    }

    private static void ledger(Database database, List<String> broken) {
        var byPosting = new HashMap<String, Long>();
        var byRegion = new HashMap<String, Long>();
        var byAccount = new HashMap<String, Long>();
        for (var line : database.rows("posting_line")) {
            long amount = line.number("amount");
            byPosting.merge(line.text("posting"), amount, Math::addExact);
            byRegion.merge(line.text("region"), amount, Math::addExact);
            byAccount.merge(line.text("account"), amount, Math::addExact);
        }
        for (var posting : database.rows("posting")) {
            Long sum = byPosting.get(posting.text("id"));
            if (sum == null || sum != 0) {
                broken.add("posting " + posting.text("business_key") + " of " + posting.text("region") + " sums to "
                        + sum);
            }
        }
        byRegion.forEach((region, sum) -> {
            if (sum != 0) {
                broken.add("the ledger of " + region + " sums to " + sum + " fen");
            }
        });
        for (var account : database.rows("account")) {
            account(account, byAccount.getOrDefault(account.text("id"), 0L), broken);
        }
    }

    private static void account(Row account, long posted, List<String> broken) {
        var name = account.text("kind") + " " + account.text("owner") + " of " + account.text("region");
        long balance = account.number("balance");
        if (balance != posted) {
            broken.add("account " + name + " says " + balance + ", its postings say " + posted);
        }
        if (balance < 0 && !MAY_BE_NEGATIVE.contains(account.text("kind"))) {
            broken.add("account " + name + " is below zero: " + balance);
        }
        if (account.number("held") > Math.max(0, balance)) {
            broken.add("account " + name + " holds more than there is");
        }
    }

    /** remit → arrive → credit, or arrive → sendback → home: the same amount at each step, and no second way. */
    private static void remittances(Facts facts, List<String> broken) {
        // What came from a bank or from outside has left no ledger that we can see.
        var ours = new HashSet<String>();
        var senders = new HashMap<String, String>();
        facts.ofType("balance.remitted.v1").forEach(said -> {
            var remittance = said.json().path("remittance").asString("");
            var sender = said.json().path("from").asString("");
            ours.add(remittance + "<" + sender);
            senders.putIfAbsent(remittance, sender);
        });
        var amounts = new HashMap<String, Map<String, Long>>();
        for (var database : facts.databases()) {
            var positive = new HashMap<String, Long>();
            for (var line : database.rows("posting_line")) {
                long amount = line.number("amount");
                if (amount > 0) {
                    positive.merge(line.text("posting"), amount, Math::addExact);
                }
            }
            for (var posting : database.rows("posting")) {
                var key = posting.text("business_key").split(":", 2);
                if (key.length == 2 && !posting.text("remittance").isEmpty() && posting.orNull("reverses") == null) {
                    amounts.computeIfAbsent(bySender(posting, key[0], key[1], senders), _ -> new HashMap<>())
                            .merge(key[0], positive.getOrDefault(posting.text("id"), 0L), Math::addExact);
                }
            }
        }
        amounts.forEach((remittance, steps) -> {
            if (ours.contains(remittance)) {
                follows(remittance, steps, "arrive", "remit", broken);
            }
            follows(remittance, steps, "credit", "arrive", broken);
            follows(remittance, steps, "sendback", "arrive", broken);
            follows(remittance, steps, "home", "sendback", broken);
            if (steps.containsKey("credit") && steps.containsKey("sendback")) {
                broken.add("remittance " + remittance + " was credited and sent back");
            }
        });
    }

    /** Two regions may name the same number; keys of before do not say whose it was. */
    private static String bySender(Row posting, String step, String rest, Map<String, String> senders) {
        var remittance = posting.text("remittance");
        int cut = rest.indexOf('<');
        if (cut >= 0) {
            return remittance + rest.substring(cut, cut + 7);
        }
        boolean ofSender = step.equals("remit") || step.equals("home");
        return remittance + "<" + (ofSender ? posting.text("region") : senders.getOrDefault(remittance, ""));
    }

    private static void follows(
            String remittance, Map<String, Long> steps, String step, String before, List<String> broken) {
        var amount = steps.get(step);
        var earlier = steps.get(before);
        if (amount != null && !amount.equals(earlier)) {
            broken.add("remittance " + remittance + ": " + step + " " + amount + " but " + before + " " + earlier);
        }
    }
}
