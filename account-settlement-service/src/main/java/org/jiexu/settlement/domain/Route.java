package org.jiexu.settlement.domain;

import org.jiexu.wire.vocabulary.RegionCode;

/** 划转方式 — on which account an amount stands between the two regions of a case. */
public enum Route {
    /** 在途资金 — really remitted, from bank to bank. */
    TRANSIT,
    /** 先划转后清算 — advanced: what stands there the old region owes the receiving one (R6.5, R7). */
    CLEARING,
    /** 银行来款 — paid into the receiving region's bank by a region outside the platform (R3.7). */
    BANK;

    /** The leg that {@code ledger} writes of the amount from one region to the other. */
    AccountKey leg(RegionCode ledger, RegionCode from, RegionCode to) {
        return switch (this) {
            case TRANSIT -> new AccountKey.Transit(ledger, from, to);
            case CLEARING -> new AccountKey.Clearing(ledger, from, to);
            case BANK -> new AccountKey.Bank(ledger);
        };
    }

    /** Whether the old region hears on the platform what becomes of the money. */
    boolean reachesOldRegion() {
        return this != BANK;
    }

    /** As the messages say it. */
    public static Route ofAdvance(boolean advance) {
        return advance ? CLEARING : TRANSIT;
    }
}
