package org.jiexu.settlement;

import java.time.LocalDate;
import java.util.Optional;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.stereotype.Component;

/** 匹配期限 — how long money may lie here and wait for its sheet (protocol.md §5). */
@Component
public class MatchLimit {
    private final Deadlines deadlines;

    MatchLimit(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** The last day; empty if no money of the case waits. */
    public Optional<LocalDate> dueOn(CaseNumber number) {
        return deadlines.of(number.value()).stream()
                .filter(deadline -> deadline.kind() == DeadlineKind.MATCH)
                .filter(deadline -> deadline.status() == DeadlineView.Status.OPEN)
                .map(DeadlineView::dueOn)
                .findFirst();
    }
}
