package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * 单位名单 — an employer's application for many persons at once (R1.5), worked off line by line.
 *
 * @param subject the employer's account that handed it in
 * @param digest SM3 of the list's text: the same text again is the same list
 * @param lines without the header, faulty ones counted
 */
public record EmployerList(
        String id,
        long position,
        RegionCode region,
        String uscc,
        String subject,
        String digest,
        int lines,
        Instant startedAt) {

    /** Who applies for every person of the list. */
    public Applicant applicant() {
        return new Applicant(subject, "EMPLOYER", null, uscc, null);
    }

    /**
     * 名单进度.
     *
     * @param waiting not taken up yet
     * @param submitted applied for, and not decided yet (R2.7)
     * @param secondsTaken from the list's arrival to its newest line
     */
    public record Progress(
            int waiting, int submitted, int accepted, int refused, int withdrawn, int faulty, double secondsTaken) {
        public boolean isDone() {
            return waiting == 0;
        }

        /** By the pace so far; 0 when nothing waits, -1 before the first line is through. */
        public long secondsLeft() {
            int through = submitted + accepted + refused + withdrawn;
            if (waiting == 0) {
                return 0;
            }
            return through == 0 ? -1 : Math.round(secondsTaken / through * waiting);
        }
    }
}
