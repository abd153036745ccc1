package org.jiexu.auditor;

import java.util.ArrayList;

/** L: nothing waits any more: outboxes empty, nothing parked, every reader at the end of what it reads. */
final class Drained implements Check {
    @Override
    public String invariant() {
        return "L";
    }

    @Override
    public String holds() {
        return "everything has drained";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        for (var database : facts.databases()) {
            int waiting = database.rows("outbox").size();
            if (waiting > 0) {
                broken.add(waiting + " events of " + database.name() + " wait to be published");
            }
            for (var row : database.rows("parked_input")) {
                // Two people have said that it can never be done.
                if (row.orNull("closed_at") == null) {
                    broken.add(row.text("type") + " " + row.text("subject") + " is parked in " + database.name() + ": "
                            + row.text("reason"));
                }
            }
            for (var row : database.rows("topic_offset")) {
                var partition = row.text("topic") + "-" + row.text("partition");
                var end = facts.ends().get(partition);
                if (end != null && row.number("next") < end) {
                    broken.add(
                            database.name() + " stands at " + row.number("next") + " of " + end + " in " + partition);
                }
            }
        }
        broken.addAll(facts.unreadable().stream()
                .filter(place -> facts.all("quarantined")
                        .noneMatch(row -> place.equals(
                                row.text("topic") + "-" + row.text("partition") + "@" + row.text("log_offset"))))
                .map(place -> "the record at " + place + " is no event and nobody has quarantined it")
                .toList());
        return new Result(facts.databases().size() + " databases", broken);
    }
}
