package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/**
 * 申请 — who wishes to move which relationship from where to where, why, through which door, and what else is wished.
 *
 * @param onPaper the old region is outside the platform: its papers come by post (R3.7)
 * @param instant 即时办理: inside a province with no human step on either side, the money is advanced (R6)
 */
public record Application(
        Certificate certificate,
        String name,
        RegionCode from,
        Scheme fromScheme,
        RegionCode to,
        Scheme toScheme,
        Cause cause,
        Channel channel,
        Wishes wishes,
        Proof proof,
        Contact contact,
        boolean onPaper,
        boolean instant,
        Instant submittedAt) {

    /** The ordinary path to an old region on the platform. */
    public Application(
            Certificate certificate,
            String name,
            RegionCode from,
            Scheme fromScheme,
            RegionCode to,
            Scheme toScheme,
            Cause cause,
            Channel channel,
            Wishes wishes,
            Proof proof,
            Instant submittedAt) {
        this(
                certificate,
                name,
                from,
                fromScheme,
                to,
                toScheme,
                cause,
                channel,
                wishes,
                proof,
                Contact.NONE,
                false,
                false,
                submittedAt);
    }

    public Application reachable(Contact where) {
        return new Application(
                certificate,
                name,
                from,
                fromScheme,
                to,
                toScheme,
                cause,
                channel,
                wishes,
                proof,
                where,
                onPaper,
                instant,
                submittedAt);
    }

    public Application onPaper(boolean outsideThePlatform) {
        return new Application(
                certificate,
                name,
                from,
                fromScheme,
                to,
                toScheme,
                cause,
                channel,
                wishes,
                proof,
                contact,
                outsideThePlatform,
                instant,
                submittedAt);
    }

    public Application wishing(Wishes other) {
        return new Application(
                certificate,
                name,
                from,
                fromScheme,
                to,
                toScheme,
                cause,
                channel,
                other,
                proof,
                contact,
                onPaper,
                instant,
                submittedAt);
    }

    public Application instantly() {
        return new Application(
                certificate,
                name,
                from,
                fromScheme,
                to,
                toScheme,
                cause,
                channel,
                wishes,
                proof,
                contact,
                onPaper,
                true,
                submittedAt);
    }

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
        EMPLOYER_CERTIFICATE,
        /** 参保登记时核验: an automatic transfer identifies nobody anew. */
        REGISTRATION
    }

    /** Without name and number: they must not reach a log. */
    @Override
    public String toString() {
        return "Application[" + from + " -> " + to + "]";
    }
}
