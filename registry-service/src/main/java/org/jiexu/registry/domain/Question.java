package org.jiexu.registry.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jiexu.registry.domain.Checks.Application;
import org.jiexu.registry.domain.Checks.Facts;
import org.jiexu.registry.domain.Checks.Insured;
import org.jiexu.registry.domain.Checks.Listing;
import org.jiexu.registry.domain.Checks.Relationship;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.PersonName;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/** 核验事项 — one application beside what is known about it, and what the rulebook asks of the two. */
record Question(Application asked, Facts known) {
    // Who asks, about whom -------------------------------------------------------------------------------------------

    boolean isNumberBad() {
        return !asked.certificate().isWellFormed();
    }

    boolean isNameAnother() {
        return asked.certificate().isWellFormed() && !nameMatches();
    }

    private boolean nameMatches() {
        return known.person() != null && PersonName.same(known.person().name(), asked.name());
    }

    boolean isEmployersOtherScheme() {
        return asked.employer() != null && asked.toScheme() != Scheme.EMPLOYEE;
    }

    boolean isNotUnderEmployer() {
        return asked.employer() != null
                && asked.toScheme() == Scheme.EMPLOYEE
                && nameMatches()
                && !isUnderEmployer(asked.employer());
    }

    private boolean isUnderEmployer(String employer) {
        var here = here();
        return here != null
                && here.status() == ParticipationStatus.INSURED
                && employer.equalsIgnoreCase(here.employer());
    }

    /**
     * House rule: whoever does not know the name behind a number learns nothing else about its person, and neither does an
     * employer about somebody who is not enrolled under it.
     */
    private boolean mayBeTold() {
        return known.person() != null
                && (nameMatches() || known.person().isApplicant())
                && (asked.employer() == null
                        || (asked.toScheme() == Scheme.EMPLOYEE && isUnderEmployer(asked.employer())));
    }

    // From where to where
    // ----------------------------------------------------------------------------------------------

    boolean isRegionUnknown() {
        return known.from() == Listing.UNKNOWN || known.to() == Listing.UNKNOWN;
    }

    /** R3.7: an old region outside the platform sends paper, and people have looked at its side. */
    boolean isRegionOutside() {
        return (known.from() == Listing.OFF_PLATFORM && !asked.onPaper()) || known.to() == Listing.OFF_PLATFORM;
    }

    boolean isOneRelationship() {
        return asked.from().equals(asked.to()) && asked.fromScheme() == asked.toScheme();
    }

    boolean isAccountToMoveToResidents() {
        return asked.accountWish() == AccountWish.MOVES
                && asked.fromScheme() == Scheme.EMPLOYEE
                && asked.toScheme() == Scheme.RESIDENT;
    }

    /** The old side is asked: it is on the platform, and whoever asks may know. */
    private boolean leaves() {
        return mayBeTold() && !isOneRelationship() && known.from() == Listing.ON_PLATFORM;
    }

    /** The receiving side is asked. */
    private boolean arrives() {
        return mayBeTold() && !isOneRelationship() && known.to() == Listing.ON_PLATFORM;
    }

    // The relationships
    // -------------------------------------------------------------------------------------------------

    private @Nullable Relationship old() {
        return known.person() == null ? null : known.person().old();
    }

    private @Nullable Relationship here() {
        return known.person() == null ? null : known.person().here();
    }

    /** R1.3 beats R2.2: whoever is enrolled here for a later year may stay there until the old year is over. */
    boolean isStillInsuredThere() {
        return leaves() && isInsured(old()) && !isForALaterYear();
    }

    boolean isWithinCoverageYear() {
        var old = old();
        return leaves()
                && isBetweenResidents()
                && !known.policies().sameYearAccepted()
                && old != null
                && !CoverageYear.of(known.today()).isAfter(old.covered())
                && !isForALaterYear();
    }

    boolean isNothingToTransfer() {
        var old = old();
        return leaves() && (old == null || !(old.leftToTransfer() || isMoneyToTransfer(old)));
    }

    /**
     * R2.10: money alone is something to transfer, where the account is to move. What the person chose to leave is taken by
     * a new application of the person only, never by a registration.
     */
    private boolean isMoneyToTransfer(Relationship old) {
        boolean moves = asked.accountWish() == null || asked.accountWish() == AccountWish.MOVES;
        return old.money().amount().isPositive()
                && asked.fromScheme() == Scheme.EMPLOYEE
                && asked.toScheme() == Scheme.EMPLOYEE
                && moves
                && !(asked.automatic() && old.money().chosen());
    }

    /** What lies on the account and is not applied for; empty where nothing does. How much is the person's own affair. */
    String moneyThatStays() {
        var old = old();
        return asked.employer() != null || old == null || !old.money().amount().isPositive()
                ? ""
                : "个人账户余额" + old.money().amount() + "元留在转出地，可在参加职工医保后申请划转，或者按转出地规定申请提取";
    }

    /** 43号 Art. 7: enrolled is enough; no paid month is asked (R2.2). */
    boolean isNotInsuredHere() {
        return arrives() && !isInsured(here());
    }

    /** 43号 Art. 2: age, or a pension alone, says nothing; what counts are the employee scheme's retiree benefits. */
    boolean isRetiree() {
        return mayBeTold() && (drawsBenefits(old(), asked.fromScheme()) || drawsBenefits(here(), asked.toScheme()));
    }

    boolean isInsuredElsewhere() {
        return mayBeTold() && !isOneRelationship() && !elsewhere().isEmpty();
    }

    /** Third regions. R6.1: inside a province each old region is collected for itself; one still active only waits. */
    private List<String> elsewhere() {
        return known.person() == null
                ? List.of()
                : known.person().insuredIn().stream()
                        .filter(insured -> !insured.region().equals(asked.from())
                                && !insured.region().equals(asked.to()))
                        .filter(insured -> !asked.automatic()
                                || !insured.region()
                                        .province()
                                        .equals(asked.to().province()))
                        .map(Insured::name)
                        .toList();
    }

    String namesElsewhere() {
        return String.join("、", elsewhere());
    }

    boolean isOpenAlready() {
        return mayBeTold() && known.openCase() != null;
    }

    String currentYear() {
        return "至" + CoverageYear.of(known.today()).lastDay();
    }

    private boolean isBetweenResidents() {
        return asked.fromScheme() == Scheme.RESIDENT && asked.toScheme() == Scheme.RESIDENT;
    }

    private boolean isForALaterYear() {
        var old = old();
        var here = here();
        return isBetweenResidents()
                && old != null
                && here != null
                && isInsured(here)
                && here.covered().isAfter(old.covered());
    }

    /** R1.3: the day before which the case may not complete, while the old coverage year is still running. */
    @Nullable
    LocalDate notBefore() {
        var old = old();
        return old != null
                        && isForALaterYear()
                        && !CoverageYear.of(known.today()).isAfter(old.covered())
                ? old.covered().dayAfter()
                : null;
    }

    private static boolean isInsured(@Nullable Relationship relationship) {
        return relationship != null && relationship.status() == ParticipationStatus.INSURED;
    }

    private static boolean drawsBenefits(@Nullable Relationship relationship, Scheme scheme) {
        return scheme == Scheme.EMPLOYEE
                && relationship != null
                && relationship.personType().isRetiree();
    }

    // What practice knows, and wishes that were refused
    // -----------------------------------------------------------------

    /** The basis on which one of the sides has switched the ground on, when its agency has recorded the fact. */
    @Nullable
    String basisFor(Ground ground) {
        if (leaves() && isRecorded(old(), ground) && known.policies().there().containsKey(ground)) {
            return known.policies().there().get(ground);
        }
        return arrives() && isRecorded(here(), ground) ? known.policies().here().get(ground) : null;
    }

    private static boolean isRecorded(@Nullable Relationship relationship, Ground ground) {
        return relationship != null && relationship.recorded().contains(ground);
    }

    /** Why the region concerned does not do what would have made the application acceptable. */
    String refusedWishes() {
        return String.join(
                "；",
                known.refusedWishes().entrySet().stream()
                        .filter(refused -> asked.oneStop() && isInTheWay(refused.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(refused -> refused.getKey().words() + "未办理，" + refused.getValue())
                        .toList());
    }

    private boolean isInTheWay(WishKind kind) {
        return switch (kind) {
            case SUSPEND -> isStillInsuredThere();
            case ENROL -> isNotInsuredHere();
        };
    }
}
