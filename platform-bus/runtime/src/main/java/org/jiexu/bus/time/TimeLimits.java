package org.jiexu.bus.time;

import java.util.OptionalInt;
import org.jiexu.wire.contract.DeadlineKind;

/** 法定办理时限 — the limits that the national measure sets, in working days. All others are policy. */
final class TimeLimits {
    private TimeLimits() {}

    static OptionalInt national(DeadlineKind kind) {
        return switch (kind) {
            // 43号 Art. 8: the old region sends the sheet and the balance within ten working days of acceptance.
            case ISSUE -> OptionalInt.of(10);
            // 43号 Art. 9: the receiving region books the sheet within five working days of its receipt.
            case BOOK -> OptionalInt.of(5);
            case CORRECT, PROMISE, CREDIT, MATCH, REVIEW, PAY_UP, PAY_DOWN -> OptionalInt.empty();
        };
    }
}
