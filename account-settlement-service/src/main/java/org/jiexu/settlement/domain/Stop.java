package org.jiexu.settlement.domain;

import org.jiexu.wire.vocabulary.CodedReason;

/** 止付 — why nothing may leave an account for the time being. Credits stay allowed. */
public record Stop(Kind kind, String note) {
    public enum Kind {
        /** 账户冻结 — frozen, by a court or by the agency. */
        FROZEN,
        /** 账户透支 — overdrawn in the agency's own books, to be settled first. */
        OVERDRAWN,
        /** 待入账 — a posting of the agency is still open. */
        POSTING_PENDING
    }

    /** What the old region is told when it asks for a hold. The note stays here: it may be about a person. */
    public CodedReason reason() {
        return switch (kind) {
            case FROZEN -> new CodedReason("ACCOUNT_FROZEN", "个人账户处于冻结状态，暂不能划转。", "请核实冻结原因，解除冻结后重新申请。");
            case OVERDRAWN -> new CodedReason("ACCOUNT_OVERDRAWN", "个人账户存在透支，暂不能划转。", "请先结清透支金额后重新申请。");
            case POSTING_PENDING -> new CodedReason("POSTING_PENDING", "个人账户有尚未完成的入账，暂不能划转。", "请待入账完成后重新申请。");
        };
    }
}
