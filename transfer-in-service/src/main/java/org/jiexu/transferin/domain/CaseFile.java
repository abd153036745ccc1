package org.jiexu.transferin.domain;

import java.time.Instant;
import java.util.List;
import org.jiexu.transferin.domain.State.Case;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 案卷 — everything that one case is decided by.
 *
 * @param person known once the registry has found whose relationship it is
 * @param acceptedAt known once accepted
 * @param reasons why it was refused or declined, or why its sheet was last returned
 * @param version counts the moves; a stale one is refused
 */
public record CaseFile(
        CaseNumber number,
        Application application,
        Applicant applicant,
        Case state,
        @Nullable PersonId person,
        @Nullable Instant acceptedAt,
        List<CodedReason> reasons,
        int version) {

    /** A new application. */
    public static CaseFile submitted(CaseNumber number, Application application, Applicant applicant) {
        return new CaseFile(number, application, applicant, new State.Submitted(), null, null, List.of(), 0);
    }

    public RegionCode receiving() {
        return number.receivingRegion();
    }

    public RegionCode sending() {
        return application.from();
    }

    /** The region that has to act now; none at an end. */
    public @Nullable RegionCode holder() {
        return switch (State.holder(state)) {
            case RECEIVING -> receiving();
            case SENDING -> sending();
            case NOBODY -> null;
        };
    }

    public CaseFile in(Case next) {
        return new CaseFile(number, application, applicant, next, person, acceptedAt, reasons, version);
    }

    public CaseFile of(PersonId found) {
        return new CaseFile(number, application, applicant, state, found, acceptedAt, reasons, version);
    }

    public CaseFile acceptedAt(Instant at) {
        return new CaseFile(number, application, applicant, state, person, at, reasons, version);
    }

    public CaseFile because(List<CodedReason> why) {
        return new CaseFile(number, application, applicant, state, person, acceptedAt, List.copyOf(why), version);
    }

    public CaseFile saved() {
        return new CaseFile(number, application, applicant, state, person, acceptedAt, reasons, version + 1);
    }
}
