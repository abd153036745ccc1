package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** What an audit found: for people, and for programs. */
public record Verdict(List<Line> lines) {
    private static final int SHOWN = 20;
    /**
     * One invariant.
     *
     * @param looked how much was looked at
     * @param broken what does not hold, named; empty when it holds
     */
    public record Line(String invariant, String holds, String looked, List<String> broken) {}

    public static Verdict on(Facts facts) {
        return on(facts, new HashSet<>());
    }

    /** @param verified signatures that earlier audits of the same topics have verified; grows */
    public static Verdict on(Facts facts, Set<Octets> verified) {
        var lines = new ArrayList<Line>();
        for (var check : checks(verified)) {
            var result = check.look(facts);
            lines.add(new Line(check.invariant(), check.holds(), result.what(), List.copyOf(result.broken())));
        }
        return new Verdict(List.copyOf(lines));
    }

    private static List<Check> checks(Set<Octets> verified) {
        return List.of(
                new MoneyConserved(),
                new OneEnd(),
                new OneCredit(),
                new RightfulMoney(),
                new NothingLost(),
                new BytesIdentical(verified),
                new LegalPath(),
                new Timers(),
                new HonestAnswers(),
                new OneApplication(),
                new TwoHands(),
                new Chains(),
                new NoLeak(),
                new ClearedOnce(),
                new Drained(),
                new DeadLetters());
    }

    public boolean isClean() {
        return lines.stream().allMatch(line -> line.broken().isEmpty());
    }

    /** Every broken thing with its invariant before it. */
    public List<String> broken() {
        return lines.stream()
                .flatMap(line -> line.broken().stream().map(what -> line.invariant() + ": " + what))
                .toList();
    }

    /** A line for each invariant, and below it what broke. */
    public String text() {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append("%-4s %-62s %-42s %s%n"
                    .formatted(
                            line.invariant(),
                            line.holds(),
                            line.looked(),
                            line.broken().isEmpty()
                                    ? "holds"
                                    : "BROKEN in " + line.broken().size()));
            line.broken().stream()
                    .limit(SHOWN)
                    .forEach(what -> text.append("       ").append(what).append('\n'));
            if (line.broken().size() > SHOWN) {
                text.append("       and ").append(line.broken().size() - SHOWN).append(" more\n");
            }
        }
        return text.append(isClean() ? "Verdict: clean\n" : "Verdict: NOT clean\n")
                .toString();
    }

    String json() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }
}
