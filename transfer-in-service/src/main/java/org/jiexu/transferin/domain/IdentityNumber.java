package org.jiexu.transferin.domain;

import java.time.LocalDate;
import java.time.Period;
import org.jiexu.wire.vocabulary.Certificate;
import org.jspecify.annotations.Nullable;

/** 身份证件号码 — what an eighteen-digit number says of its holder (GB 11643): date of birth and sex. */
public final class IdentityNumber {
    private static final String UNSTATED = "9";

    private IdentityNumber() {}

    /** 1 男, 2 女, 9 未说明. */
    public static String sex(Certificate certificate) {
        if (!tells(certificate)) {
            return UNSTATED;
        }
        return (certificate.number().charAt(16) - '0') % 2 == 1 ? "1" : "2";
    }

    /** Full years on that day; unknown where the number names no date. */
    public static @Nullable Integer age(Certificate certificate, LocalDate on) {
        var born = certificate.isWellFormed() ? certificate.bornOn() : null;
        return born == null || born.isAfter(on)
                ? null
                : Period.between(born, on).getYears();
    }

    private static boolean tells(Certificate certificate) {
        return switch (certificate.type()) {
            case IDENTITY_CARD, RESIDENCE_PERMIT -> certificate.isWellFormed();
            case PERMANENT_RESIDENCE ->
                certificate.isWellFormed() && certificate.number().length() == 18;
            case HONG_KONG_PERMIT, MACAO_PERMIT, TAIWAN_PERMIT, FOREIGN_PASSPORT, CHINESE_PASSPORT, OTHER -> false;
        };
    }
}
