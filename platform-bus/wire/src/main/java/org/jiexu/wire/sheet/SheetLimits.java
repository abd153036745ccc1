package org.jiexu.wire.sheet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 信息表字数限制 — how long each text of a sheet may be, in characters as people count them, and how many rows one door takes.
 * Checked where rows enter, from files, systems and paper; what a sheet has gathered in the end is measured before it leaves.
 */
public final class SheetLimits {
    /** 姓名. */
    public static final int NAME = 100;
    /** 参保地经办机构名称. */
    public static final int AGENCY_NAME = 60;
    /** 备注. */
    public static final int REMARK = 60;
    /** 经办人. */
    public static final int CLERK = 50;
    /** 联系电话. */
    public static final int TELEPHONE = 40;
    /** 大写金额. */
    public static final int CAPITALS = 100;
    /** 一次录入的行数. */
    public static final int ROWS = 200;

    private SheetLimits() {}

    /** Is the text short enough? One that is absent is. */
    public static boolean fits(@Nullable String text, int mostCharacters) {
        return text == null || text.codePointCount(0, text.length()) <= mostCharacters;
    }

    /** Are the texts of all these rows short enough, and are there not too many rows? */
    public static boolean fit(List<SheetRow> rows) {
        return rows.size() <= ROWS && rows.stream().allMatch(SheetLimits::fits);
    }

    private static boolean fits(SheetRow row) {
        return fits(row.agencyName(), AGENCY_NAME)
                && fits(row.remark(), REMARK)
                && row.agencyRegion().length() <= 6
                && row.from().getYear() >= 1900
                && row.to().getYear() <= 9999;
    }

    /** Are the texts of the head short enough? */
    public static boolean fit(InfoSheet.Head head) {
        return fits(head.name(), NAME) && fits(head.certificate().number(), 30) && fits(head.sex(), 1);
    }

    /** Are the texts of the foot short enough? */
    public static boolean fit(InfoSheet.Foot foot) {
        return fits(foot.amountInCapitals(), CAPITALS)
                && fits(foot.clerk(), CLERK)
                && fits(foot.telephone(), TELEPHONE)
                && fits(foot.agency(), AGENCY_NAME);
    }
}
