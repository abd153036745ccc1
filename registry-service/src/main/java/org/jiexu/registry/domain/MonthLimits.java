package org.jiexu.registry.domain;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jspecify.annotations.Nullable;

/** 缴费月份范围 — between which months somebody can have paid: after birth, and not later than residents pay ahead. */
public record MonthLimits(
        YearMonth earliest, YearMonth latest, @Nullable YearMonth born) {
    private static final YearMonth EARLIEST = YearMonth.of(1950, 1);
    private static final Pattern BIRTH = Pattern.compile("[0-9]{6}([0-9]{4})(0[1-9]|1[0-2])[0-9]{5}[0-9X]");

    /** 月份错误 — what is wrong with a period, for people. */
    public record Fault(String code, String words) {}

    public static MonthLimits of(LocalDate today, Certificate certificate) {
        return new MonthLimits(EARLIEST, YearMonth.of(today.getYear() + 1, 12), born(certificate));
    }

    private static @Nullable YearMonth born(Certificate certificate) {
        var birth = BIRTH.matcher(certificate.number());
        return certificate.type() == CertificateType.IDENTITY_CARD && birth.matches()
                ? YearMonth.of(Integer.parseInt(birth.group(1)), Integer.parseInt(birth.group(2)))
                : null;
    }

    /** Empty when the months are possible. */
    public Optional<Fault> fault(YearMonth from, YearMonth to) {
        if (to.isBefore(from)) {
            return Optional.of(new Fault("PERIOD_REVERSED", "终止年月早于起始年月。"));
        }
        if (to.isAfter(latest)) {
            return Optional.of(new Fault("FUTURE_MONTH", "月份晚于可以缴费的最后月份。"));
        }
        if (from.isBefore(earliest)) {
            return Optional.of(new Fault("BAD_MONTH", "月份早于1950年。"));
        }
        return born != null && from.isBefore(born)
                ? Optional.of(new Fault("BEFORE_BIRTH", "月份早于出生年月。"))
                : Optional.empty();
    }
}
