package org.jiexu.simulation;

/** What a world may come to; the seeds together must have walked every way, or they prove little. */
enum Way {
    COMPLETED_WITH_MONEY,
    COMPLETED_WITHOUT_MONEY,
    WITHDRAWN,
    DECLINED_BEFORE_THE_SHEET,
    DECLINED_AFTER_THE_SHEET,
    /** No sheet of the history could travel: declined before any money went. */
    SHEET_TOO_LARGE,
    REFUSED,
    PAPERS_MISSING,
    /** What was in the way was mended on-line. */
    WAITED,
    /** Booked, and completed only when the old coverage year had ended. */
    YEAR_RUNNING,
    /** The wish to withdraw met a sheet on its way. */
    WITHDRAWN_TOO_LATE,
    /** Another open case of the relationship was found at the last wall. */
    SECOND_CASE,
    HOLD_REFUSED,
    SHEET_CORRECTED,
    MONEY_SUSPENDED,
    MONEY_SENT_HOME,
    REMITTED_AGAIN,
    RESUMED,
    LIMIT_MISSED,
    PARKED,
    INBOX_DEFEATED,
    CUT_OFF,
    SAME_REGION,
    /** The balance went to the person, not to the other region. */
    PAID_OUT,
    /** Money was advanced, and a debt recorded. */
    ADVANCED,
    ADVANCE_TAKEN_BACK,
    /** Taken back after it had been credited. */
    ADVANCE_CORRECTED,
    /** A third region claimed to have sent the money of a case. */
    LIED_ABOUT_MONEY,
    /** A creditor took back an advance that was none, or another amount. */
    LIED_ABOUT_A_DEBT,
    /** Completed, and the money stayed on the old account. */
    MONEY_STAYED,
    /** The months had gone before, and the money followed alone. */
    MONEY_MOVED_ALONE,
    /** Two persons paid out what had stayed. */
    LEFT_MONEY_PAID_OUT,
    /** A push told the region where the person is insured now. */
    LEFT_OVER_FOUND,
    /** The push found what a person had chosen to leave, and told nobody. */
    CHOSEN_MONEY_WAS_LEFT,
    /** At rest somebody applied for the money that lay behind. */
    ASKED_IN_PEACE,
    /** Two records were one person's, and their accounts became one. */
    MERGED,
    /** One of the two accounts was stopped or held. */
    JOIN_WAITED,
    /** P0 into P1 and P1 into P2. */
    JOINED_ALONG_A_CHAIN,
    /** Money came for a record that had been merged away. */
    FOLLOWED_A_JOIN,
    /** A table of a quarter with something in it. */
    CLEARED
}
