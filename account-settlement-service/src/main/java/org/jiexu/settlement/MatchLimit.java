package org.jiexu.settlement;

import java.time.LocalDate;
import java.util.Optional;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.stereotype.Component;

/** 匹配期限 — how long money may lie here and wait for its sheet; after that two persons may send it back. */
@Component
public class MatchLimit {
    private final Deadlines deadlines;
    private final BusinessClock clock;

    MatchLimit(Deadlines deadlines, BusinessClock clock) {
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** The last day; empty if no money of the case waits. */
    public Optional<LocalDate> dueOn(CaseNumber number) {
        return deadlines.of(number.value()).stream()
                .filter(deadline -> deadline.kind() == DeadlineKind.MATCH)
                .filter(deadline -> deadline.status() == DeadlineView.Status.OPEN)
                .map(DeadlineView::dueOn)
                .findFirst();
    }

    public boolean isOverdue(CaseNumber number) {
        return dueOn(number).filter(clock.today()::isAfter).isPresent();
    }
}
