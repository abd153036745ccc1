package org.jiexu.bus.time;

/** What is said about a deadline when its moment comes. */
sealed interface Step {

    /** 预警 — so many working days are left, counting the day that begins. */
    record Warn(int workingDaysLeft) implements Step {}

    /** 逾期 — the last day is over. */
    record Overdue() implements Step {}

    /** 升级督办 — it has been overdue for so long that the province is told. */
    record Escalate() implements Step {}

    /** As it stands in the row: {@code WARN:3}, {@code OVERDUE}, {@code ESCALATE}. */
    default String text() {
        return switch (this) {
            case Warn warn -> "WARN:" + warn.workingDaysLeft();
            case Overdue() -> "OVERDUE";
            case Escalate() -> "ESCALATE";
        };
    }

    static Step parse(String text) {
        return switch (text) {
            case "OVERDUE" -> new Overdue();
            case "ESCALATE" -> new Escalate();
            default -> new Warn(Integer.parseInt(text.substring("WARN:".length())));
        };
    }
}
