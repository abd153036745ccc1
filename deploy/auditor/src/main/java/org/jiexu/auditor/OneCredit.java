package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashMap;

/** I3: a case is credited at most once. */
final class OneCredit implements Check {
    @Override
    public String invariant() {
        return "I3";
    }

    @Override
    public String holds() {
        return "nothing is credited twice";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var credits = new HashMap<String, Integer>();
        facts.all("posting")
                .map(row -> row.text("business_key"))
                .filter(key -> key.startsWith("credit:"))
                .forEach(
                        key -> credits.merge(key.substring("credit:".length(), key.lastIndexOf('-')), 1, Integer::sum));
        credits.forEach((number, times) -> {
            if (times > 1) {
                broken.add("case " + number + " was credited " + times + " times");
            }
        });
        return new Result(credits.size() + " credited cases", broken);
    }
}
