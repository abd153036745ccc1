package org.jiexu.auditor;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** I12: each advance credit is one debt, in the table of its own quarter and in no other. */
final class ClearedOnce implements Check {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Override
    public String invariant() {
        return "I12";
    }

    @Override
    public String holds() {
        return "each debt is cleared in one quarter";
    }

    private record Debt(String topic, String quarter, long fen) {}

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var debts = debts(facts, broken);
        credited(facts, debts, broken);
        tables(facts, debts, broken);
        placed(facts, broken);
        return new Result(debts.size() + " debts", broken);
    }

    private static Map<String, Debt> debts(Facts facts, List<String> broken) {
        var debts = new LinkedHashMap<String, Debt>();
        facts.ofType("debt.recorded.v1").forEach(said -> {
            var json = said.json();
            var debt = new Debt(
                    said.topic(),
                    quarter(Instant.parse(json.path("bookedAt").asString(""))),
                    fen(json.path("amount").asString("")));
            var known = debts.putIfAbsent(json.path("debt").asString(""), debt);
            if (known != null && !known.equals(debt)) {
                broken.add("debt " + json.path("debt").asString("") + " was recorded with two contents");
            }
        });
        return debts;
    }

    /** A debt is the credit of an advance: the same remittance, the same amount. */
    private static void credited(Facts facts, Map<String, Debt> debts, List<String> broken) {
        var credits = new HashMap<String, Long>();
        for (var database : facts.databases()) {
            var amounts = new HashMap<String, Long>();
            database.rows("posting_line").stream()
                    .filter(line -> line.number("amount") > 0)
                    .forEach(line -> amounts.merge(line.text("posting"), line.number("amount"), Math::addExact));
            database.rows("posting").stream()
                    .filter(posting -> posting.text("business_key").startsWith("credit:"))
                    .forEach(posting -> credits.put(
                            remittance(posting.text("business_key")), amounts.getOrDefault(posting.text("id"), 0L)));
        }
        debts.forEach((id, debt) -> {
            var credit = credits.get(id);
            if (debt.fen() > 0 && credit != null && credit != debt.fen()) {
                broken.add("debt " + id + " says " + debt.fen() + ", the credit was " + credit);
            }
            if (debt.fen() > 0 && credit == null) {
                broken.add("debt " + id + " was never credited");
            }
        });
    }

    private static void tables(Facts facts, Map<String, Debt> debts, List<String> broken) {
        var generated = new HashMap<String, String>();
        facts.ofType("clearing.generated.v1").forEach(said -> {
            var json = said.json();
            var quarter = json.path("quarter").asString("");
            var digest = generated.putIfAbsent(
                    said.topic() + " " + quarter, json.path("digest").asString(""));
            if (digest != null && !digest.equals(json.path("digest").asString(""))) {
                broken.add("the table of " + quarter + " on " + said.topic() + " was generated twice, differently");
            }
            var mine = debts.values().stream()
                    .filter(debt ->
                            debt.topic().equals(said.topic()) && debt.quarter().equals(quarter))
                    .toList();
            long sum = mine.stream().mapToLong(Debt::fen).sum();
            if (mine.size() != json.path("debts").asInt()
                    || sum != fen(json.path("total").asString(""))) {
                broken.add("the table of " + quarter + " on " + said.topic() + " holds "
                        + json.path("debts").asInt() + " debts of "
                        + json.path("total").asString("") + ", the topic " + mine.size() + " of " + sum + " fen");
            }
        });
    }

    /** In the centre's own tables a debt stands in one quarter, that of its booking. */
    private static void placed(Facts facts, List<String> broken) {
        var quarters = new HashMap<String, String>();
        facts.all("clearing_debt").forEach(row -> {
            var quarter = row.orNull("quarter");
            if (quarter != null) {
                var other = quarters.putIfAbsent(row.text("debt"), quarter);
                if (other != null && !other.equals(quarter)) {
                    broken.add("debt " + row.text("debt") + " stands in " + other + " and in " + quarter);
                }
            }
        });
    }

    /** {@code credit:<remittance><<sender>}; without the sender where it was credited before senders were named. */
    private static String remittance(String key) {
        int sender = key.indexOf('<');
        return key.substring("credit:".length(), sender < 0 ? key.length() : sender);
    }

    private static String quarter(Instant at) {
        var day = LocalDate.ofInstant(at, ZONE);
        return day.getYear() + "Q" + ((day.getMonthValue() - 1) / 3 + 1);
    }

    private static long fen(String yuan) {
        return new BigDecimal(yuan).movePointRight(2).longValueExact();
    }
}
