package org.jiexu.transferin.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jiexu.transferin.domain.State.Case;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 案卷 — everything that one case is decided by.
 *
 * @param papers what has been shown at the window so far (R2.3)
 * @param person known once the registry has found whose relationship it is
 * @param acceptedAt known once accepted
 * @param notBefore the case may not complete before that day (R1.3)
 * @param supplementBy 补正期限: papers that are missing are waited for until the end of that day ◇
 * @param reasons why it was refused or declined, what it waits for, or why its sheet was last returned
 * @param version counts the moves; a stale one is refused
 */
public record CaseFile(
        CaseNumber number,
        Application application,
        Applicant applicant,
        Set<Paper> papers,
        Case state,
        @Nullable PersonId person,
        @Nullable Instant acceptedAt,
        @Nullable LocalDate notBefore,
        @Nullable LocalDate supplementBy,
        List<CodedReason> reasons,
        int version) {

    public CaseFile {
        papers = Set.copyOf(papers);
        reasons = List.copyOf(reasons);
    }

    /** A new application. */
    public static CaseFile submitted(CaseNumber number, Application application, Applicant applicant) {
        return new CaseFile(
                number, application, applicant, Set.of(), new State.Submitted(), null, null, null, null, List.of(), 0);
    }

    public RegionCode receiving() {
        return number.receivingRegion();
    }

    public RegionCode sending() {
        return application.from();
    }

    /** The region that has to act now; none while the applicant has to, and at an end. */
    public @Nullable RegionCode holder() {
        return switch (State.holder(state)) {
            case RECEIVING -> receiving();
            case SENDING -> sending();
            case APPLICANT, NOBODY -> null;
        };
    }

    public CaseFile in(Case next) {
        return new CaseFile(
                number,
                application,
                applicant,
                papers,
                next,
                person,
                acceptedAt,
                notBefore,
                supplementBy,
                reasons,
                version);
    }

    public CaseFile of(PersonId found) {
        return new CaseFile(
                number,
                application,
                applicant,
                papers,
                state,
                found,
                acceptedAt,
                notBefore,
                supplementBy,
                reasons,
                version);
    }

    public CaseFile acceptedAt(Instant at) {
        return new CaseFile(
                number, application, applicant, papers, state, person, at, notBefore, supplementBy, reasons, version);
    }

    public CaseFile notBefore(@Nullable LocalDate day) {
        return new CaseFile(
                number, application, applicant, papers, state, person, acceptedAt, day, supplementBy, reasons, version);
    }

    public CaseFile supplementBy(@Nullable LocalDate day) {
        return new CaseFile(
                number, application, applicant, papers, state, person, acceptedAt, notBefore, day, reasons, version);
    }

    public CaseFile because(List<CodedReason> why) {
        return new CaseFile(
                number,
                application,
                applicant,
                papers,
                state,
                person,
                acceptedAt,
                notBefore,
                supplementBy,
                why,
                version);
    }

    /** These papers have been shown, beside those that had been before. */
    public CaseFile shown(Set<Paper> more) {
        var all = EnumSet.noneOf(Paper.class);
        all.addAll(papers);
        all.addAll(more);
        return new CaseFile(
                number,
                application,
                applicant,
                all,
                state,
                person,
                acceptedAt,
                notBefore,
                supplementBy,
                reasons,
                version);
    }

    public CaseFile saved() {
        return new CaseFile(
                number,
                application,
                applicant,
                papers,
                state,
                person,
                acceptedAt,
                notBefore,
                supplementBy,
                reasons,
                version + 1);
    }
}
