package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 申请 — who wishes to move which relationship from where to where, why, and how the person was identified (R2.11). */
public record Application(
        Certificate certificate,
        String name,
        RegionCode from,
        Scheme fromScheme,
        RegionCode to,
        Scheme toScheme,
        Cause cause,
        Identification identification,
        String agreementVersion,
        Instant submittedAt) {

    /** 转移原因 (43号 Art. 2). */
    public enum Cause {
        /** 就业. */
        WORK,
        /** 户籍. */
        HOUSEHOLD,
        /** 常住地. */
        RESIDENCE
    }

    /** 身份核验方式. */
    public enum Identification {
        /** 实名实人. */
        FACE,
        /** 窗口核验证件. */
        WINDOW_DOCUMENT,
        /** 单位证明. */
        EMPLOYER_CERTIFICATE
    }

    /** Without name and number: they must not reach a log. */
    @Override
    public String toString() {
        return "Application[" + from + " -> " + to + "]";
    }
}
