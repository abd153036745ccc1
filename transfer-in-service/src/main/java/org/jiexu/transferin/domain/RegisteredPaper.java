package org.jiexu.transferin.domain;

import java.time.Instant;
import java.time.LocalDate;

/**
 * 纸质材料 — a paper that came by post from an old region outside the platform, as registered here (R3.7).
 *
 * @param version the sheet's version; 0 for what has none
 * @param scanDigest SM3 of the scan
 * @param postalNumber 邮件号码
 * @param registeredBy the clerk's account
 */
public record RegisteredPaper(
        Kind kind,
        int version,
        String scanDigest,
        String postalNumber,
        LocalDate receivedOn,
        String registeredBy,
        Instant registeredAt) {

    /** 材料名称; the older names of the sheet are accepted (R3.7). */
    public enum Kind {
        /** 参保人员基本医疗保险信息表. */
        INFO_SHEET,
        /** 参保缴费凭证, its older name. */
        PAYMENT_CERTIFICATE,
        /** 转移类型变更信息表, its older name. */
        CHANGE_FORM,
        /** 不予办理的书面答复. */
        REFUSAL,
        /** 撤回的书面确认. */
        WITHDRAWAL
    }

    public RegisteredPaper of(int sheetVersion) {
        return new RegisteredPaper(
                kind, sheetVersion, scanDigest, postalNumber, receivedOn, registeredBy, registeredAt);
    }
}
