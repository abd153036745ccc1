package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashSet;

/** I8: whatever the client was told to exist exists. */
final class HonestAnswers implements Check {
    @Override
    public String invariant() {
        return "I8";
    }

    @Override
    public String holds() {
        return "what was answered is there";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var numbers = new HashSet<String>();
        facts.all("transfer_case").forEach(row -> numbers.add(row.text("number")));
        int answered = 0;
        for (var asked : facts.history()) {
            var number = asked.number();
            if (asked.outcome().equals("ok") && number != null) {
                answered++;
                if (!numbers.contains(number)) {
                    broken.add("the client was told of " + number + ", which is not there");
                }
            }
        }
        return new Result(answered + " answers", broken);
    }
}
