package org.jiexu.transferin;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jiexu.bus.client.OldRecordsAnswer;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.Application.Cause;
import org.jiexu.transferin.domain.Application.Identification;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.Proof;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.transferin.postgres.AutomaticTransferStore;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.springframework.stereotype.Component;

/** 免申即办 — the platform applies in the person's place: the ordinary application, checks and reservation (R2.1, R6.1). */
@Component
public class ApplyAutomatically {
    /** Nobody's account: the applicant is the region's own registration. */
    private static final Applicant PLATFORM = new Applicant("platform", "AUTOMATIC", null, null, null);

    /** 湘医保办发〔2025〕12号 二.1: nobody agrees to anything, the notice is the ground. */
    private static final String NO_AGREEMENT = "automatic";

    /** Refusals that another case or the person's own registration will change. */
    private static final Set<String> PASSING =
            Set.of("OPEN_TRANSFER", "STILL_INSURED_THERE", "NOT_INSURED_HERE", "NOTHING_TO_TRANSFER");

    private final Apply apply;
    private final AutomaticTransferStore registrations;
    private final Policies policies;
    private final BusinessClock clock;

    public ApplyAutomatically(
            Apply apply, AutomaticTransferStore registrations, Policies policies, BusinessClock clock) {
        this.apply = apply;
        this.registrations = registrations;
        this.policies = policies;
        this.clock = clock;
    }

    /** What became of it. */
    public sealed interface Applied {
        /** 办理中 — the case that goes on now. */
        record Open(CaseNumber number) implements Applied {}

        /** To be tried again: another case is in the way, or goes on already. */
        record Later() implements Applied {}

        /** Not to be tried again by itself. */
        record GivenUp() implements Applied {}
    }

    /**
     * Applies for one old record.
     *
     * @param since what happened before that moment stands against nothing
     */
    public Applied apply(OldRecordsAnswer person, RegionCode old, RegionCode receiving, Instant since) {
        switch (registrations.earlier(person.certificate(), old, receiving, since)) {
            // R2.6, R3.4: whoever has withdrawn, or was declined, is not applied for behind his back.
            case ENDED_WITHOUT -> {
                return new Applied.GivenUp();
            }
            // Kept while the registry was away (R2.7): that application goes on by itself.
            case OPEN -> {
                return new Applied.Later();
            }
            case NOTHING -> {}
        }
        var now = clock.instant();
        var application = new Application(
                        person.certificate(),
                        person.name(),
                        old,
                        Scheme.EMPLOYEE,
                        receiving,
                        Scheme.EMPLOYEE,
                        Cause.WORK,
                        Channel.AUTOMATIC,
                        new Wishes(account(receiving), false),
                        Proof.at(now, Identification.REGISTRATION, NO_AGREEMENT),
                        now)
                .instantly();
        return apply.apply(application, PLATFORM)
                .map(ApplyAutomatically::applied)
                .orElseGet(Applied.GivenUp::new);
    }

    /** Whether the province brings accounts along (rulebook 13). */
    boolean movesAccounts(RegionCode receiving) {
        return account(receiving) == AccountWish.MOVES;
    }

    private AccountWish account(RegionCode receiving) {
        return AccountWish.valueOf(policies.text(Policies.INSTANT_ACCOUNT, receiving));
    }

    private static Applied applied(CaseFile file) {
        if (!(file.state() instanceof State.Refused)) {
            return new Applied.Open(file.number());
        }
        return isPassing(file.reasons()) ? new Applied.Later() : new Applied.GivenUp();
    }

    private static boolean isPassing(List<CodedReason> reasons) {
        return reasons.stream().map(CodedReason::code).allMatch(PASSING::contains);
    }
}
