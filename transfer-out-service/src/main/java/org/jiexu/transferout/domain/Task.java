package org.jiexu.transferout.domain;

import java.util.EnumSet;
import java.util.Set;
import org.jiexu.transferout.domain.State.Completed;
import org.jiexu.transferout.domain.State.Declined;
import org.jiexu.transferout.domain.State.Held;
import org.jiexu.transferout.domain.State.HoldRefused;
import org.jiexu.transferout.domain.State.Holding;
import org.jiexu.transferout.domain.State.Issued;
import org.jiexu.transferout.domain.State.NoCase;
import org.jiexu.transferout.domain.State.Returned;
import org.jiexu.transferout.domain.State.Withdrawn;
import org.jiexu.wire.contract.ResumptionReason;

/** 待办 — what a case asks of people in the old region. */
public enum Task {
    /** 出具信息表. */
    ISSUE_SHEET("出具信息表"),
    /** 处理未能冻结的余额. */
    RETRY_HOLD("处理未能冻结的余额"),
    /** 更正被退回的信息表. */
    CORRECT_SHEET("更正被退回的信息表"),
    /** 重新划转退回的款项. */
    REMIT_AGAIN("重新划转退回的款项"),
    /** 核实恢复参保 — resumed although the sheet was already issued. */
    LOOK_AT_RESUMPTION("信息表发出后参保人恢复参保，请核实"),
    /** 核实死亡登记 — the person has died although the sheet was already issued. */
    LOOK_AT_DEATH("信息表发出后参保人已登记死亡，请核实"),
    /** 答复催办、投诉 (R10.4); ends when all are answered. */
    ANSWER_REMINDER("答复催办或投诉");

    private final String words;

    Task(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** What a state asks for; a task ends when its state is left. */
    public static Set<Task> of(State state) {
        return switch (state) {
            case HoldRefused _ -> EnumSet.of(RETRY_HOLD);
            case Held _ -> EnumSet.of(ISSUE_SHEET);
            case Issued s -> s.moneyCameBack() ? EnumSet.of(REMIT_AGAIN) : EnumSet.noneOf(Task.class);
            case Returned _ -> EnumSet.of(CORRECT_SHEET);
            case NoCase _ -> EnumSet.noneOf(Task.class);
            case Holding _ -> EnumSet.noneOf(Task.class);
            case Completed _ -> EnumSet.noneOf(Task.class);
            case Withdrawn _ -> EnumSet.noneOf(Task.class);
            case Declined _ -> EnumSet.noneOf(Task.class);
        };
    }

    /** Whether it ends with its state; a resumption and a reminder wait until a person has dealt with them. */
    public boolean endsWithState() {
        return this != LOOK_AT_RESUMPTION && this != LOOK_AT_DEATH && this != ANSWER_REMINDER;
    }

    /** What has to be looked at when the relationship is no longer held and the sheet is out. */
    public static Task of(ResumptionReason why) {
        return switch (why) {
            case RESUMED -> LOOK_AT_RESUMPTION;
            case DIED -> LOOK_AT_DEATH;
        };
    }
}
