package org.jiexu.wire.sheet;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * 信息表行 — one period of participation with one agency in one scheme (R5.1).
 *
 * @param no 序号, from 1
 * @param from first month
 * @param to last month, not before {@code from}
 * @param scheme as printed on the sheet
 * @param months months actually paid, at most the calendar months of the period
 * @param agencyName the agency that collected, kept through every later transfer (R5.4)
 * @param agencyRegion its 行政区划代码
 * @param remark required for {@link SheetScheme#OTHER}
 */
public record SheetRow(
        int no,
        YearMonth from,
        YearMonth to,
        SheetScheme scheme,
        int months,
        String agencyName,
        String agencyRegion,
        @Nullable String remark) {}
