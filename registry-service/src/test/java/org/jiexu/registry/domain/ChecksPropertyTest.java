package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jiexu.registry.domain.Checks.Application;
import org.jiexu.registry.domain.Checks.Facts;
import org.jiexu.registry.domain.Checks.Insured;
import org.jiexu.registry.domain.Checks.Listing;
import org.jiexu.registry.domain.Checks.Person;
import org.jiexu.registry.domain.Checks.Relationship;
import org.jiexu.registry.domain.Checks.Verdict;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for every application whatsoever. */
@Tag("43-art-7")
@Tag("R2.2")
class ChecksPropertyTest {
    private static final int MANY = 20_000;
    private static final LocalDate TODAY = LocalDate.of(2026, 9, 14);
    private static final List<RegionCode> REGIONS = Stream.of("370800", "430100", "430200", "330100")
            .map(RegionCode::new)
            .toList();
    private static final List<Ground> PRACTICE =
            Stream.of(Ground.values()).filter(Ground::isSwitched).toList();
    /** What is about the application alone; everything else is about the person. */
    private static final Set<Ground> ABOUT_THE_APPLICATION = EnumSet.of(
            Ground.BAD_NUMBER,
            Ground.NAME_NUMBER_MISMATCH,
            Ground.UNKNOWN_REGION,
            Ground.REGION_NOT_ON_PLATFORM,
            Ground.SAME_REGION_AND_SCHEME,
            Ground.EMPLOYER_OTHER_SCHEME,
            Ground.NOT_ENROLLED_UNDER_EMPLOYER,
            Ground.ACCOUNT_CANNOT_MOVE);

    private final Random random = new Random(43);

    private record Case(Application asked, Facts known) {
        List<Ground> standing() {
            return reasons(Checks.judge(asked, known)).stream()
                    .map(reason -> Ground.valueOf(reason.code()))
                    .toList();
        }
    }

    @Test
    void theAnswerIsAcceptableOrHasReasonsInOrderAndNoneTwice() {
        for (int i = 0; i < MANY; i++) {
            var one = any();
            var verdict = Checks.judge(one.asked(), one.known());

            assertThat(verdict instanceof Verdict.Acceptable)
                    .isEqualTo(one.standing().isEmpty());
            assertThat(one.standing()).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    @Tag("R2.8")
    void waitsOnlyForWhatCanBeMendedAndOnlyWhenWished() {
        for (int i = 0; i < MANY; i++) {
            var one = any();
            boolean waits = Checks.judge(one.asked(), one.known()) instanceof Verdict.Waiting;

            assertThat(waits)
                    .isEqualTo(one.asked().oneStop()
                            && !one.standing().isEmpty()
                            && one.standing().stream().allMatch(Ground::isMendable));
        }
    }

    @Test
    void oneMoreDefectTakesNoReasonAway() {
        for (int i = 0; i < MANY; i++) {
            var one = any();
            var before = one.standing();
            for (UnaryOperator<Facts> defect : defects(one.asked())) {
                var worse = new Case(one.asked(), defect.apply(one.known()));

                assertThat(worse.standing()).as("%s", one).containsAll(before);
            }
        }
    }

    @Test
    @Tag("43-art-15")
    void aGroundThatNoRegionHasSwitchedOnNeverStands() {
        for (int i = 0; i < MANY; i++) {
            var one = any();

            assertThat(one.standing())
                    .filteredOn(Ground::isSwitched)
                    .allMatch(ground -> one.known().policies().there().containsKey(ground)
                            || one.known().policies().here().containsKey(ground));
        }
    }

    @Test
    void whoeverDoesNotKnowTheNameLearnsNothingAboutThePerson() {
        for (int i = 0; i < MANY; i++) {
            var one = any();
            var person = one.known().person();
            if (person != null && !person.isApplicant() && !person.name().equals(ApplicationCase.NAME)) {
                assertThat(ABOUT_THE_APPLICATION).containsAll(one.standing());
            }
        }
    }

    private static List<CodedReason> reasons(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Acceptable _ -> List.of();
            case Verdict.Waiting(var reasons, var _) -> reasons;
            case Verdict.Refused(var reasons) -> reasons;
        };
    }

    // Defects: what can go wrong on either side
    // ------------------------------------------------------------------------

    private List<UnaryOperator<Facts>> defects(Application asked) {
        var defects = new ArrayList<UnaryOperator<Facts>>();
        defects.add(known -> old(known, old -> with(old, ParticipationStatus.INSURED, old.personType(), true)));
        defects.add(known -> old(known, old -> with(old, old.status(), old.personType(), false)));
        defects.add(known -> old(known, old -> with(old, old.status(), new PersonType("1201"), old.leftToTransfer())));
        defects.add(known -> old(known, old -> recording(old, Ground.ARREARS)));
        defects.add(known -> here(known, here -> recording(here, Ground.ARREARS)));
        defects.add(
                known -> here(known, here -> with(here, here.status(), new PersonType("1201"), here.leftToTransfer())));
        defects.add(known -> new Facts(
                known.today(),
                known.from(),
                known.to(),
                known.person(),
                ApplicationCase.OPEN,
                known.policies(),
                known.refusedWishes()));
        defects.add(ChecksPropertyTest::insuredEverywhere);
        defects.add(ChecksPropertyTest::bothWishesRefused);
        if (asked.employer() == null) {
            // An employer is not told of anybody who is not enrolled under it: there this hides the rest.
            defects.add(
                    known -> here(known, here -> with(here, ParticipationStatus.SUSPENDED, here.personType(), true)));
        }
        return defects.stream()
                // "insured again" and "moved" both rewrite what is left; keep what was defective before.
                .map(defect -> (UnaryOperator<Facts>) known -> keepingWhatHadMoved(known, defect.apply(known)))
                .toList();
    }

    private static Facts keepingWhatHadMoved(Facts before, Facts after) {
        var old = before.person() == null ? null : before.person().old();
        return old == null || old.leftToTransfer()
                ? after
                : old(after, worse -> with(worse, worse.status(), worse.personType(), false));
    }

    private static Facts insuredEverywhere(Facts known) {
        var person = known.person();
        return person == null
                ? known
                : with(
                        known,
                        new Person(
                                person.name(),
                                person.isApplicant(),
                                person.old(),
                                person.here(),
                                REGIONS.stream()
                                        .map(region -> new Insured(region, region.value()))
                                        .toList()));
    }

    private static Facts bothWishesRefused(Facts known) {
        return new Facts(
                known.today(),
                known.from(),
                known.to(),
                known.person(),
                known.openCase(),
                known.policies(),
                Map.of(WishKind.SUSPEND, "须先办理减员", WishKind.ENROL, "不在集中参保期"));
    }

    private static Facts old(Facts known, UnaryOperator<Relationship> change) {
        var person = known.person();
        return person == null || person.old() == null
                ? known
                : with(
                        known,
                        new Person(
                                person.name(),
                                person.isApplicant(),
                                change.apply(person.old()),
                                person.here(),
                                person.insuredIn()));
    }

    private static Facts here(Facts known, UnaryOperator<Relationship> change) {
        var person = known.person();
        return person == null || person.here() == null
                ? known
                : with(
                        known,
                        new Person(
                                person.name(),
                                person.isApplicant(),
                                person.old(),
                                change.apply(person.here()),
                                person.insuredIn()));
    }

    private static Facts with(Facts known, Person person) {
        return new Facts(
                known.today(),
                known.from(),
                known.to(),
                person,
                known.openCase(),
                known.policies(),
                known.refusedWishes());
    }

    private static Relationship with(
            Relationship before, ParticipationStatus status, PersonType personType, boolean left) {
        return new Relationship(
                status, personType, left, before.money(), before.employer(), before.covered(), before.recorded());
    }

    private static Relationship recording(Relationship before, Ground fact) {
        var recorded = EnumSet.of(fact);
        recorded.addAll(before.recorded());
        return new Relationship(
                before.status(),
                before.personType(),
                before.leftToTransfer(),
                before.money(),
                before.employer(),
                before.covered(),
                recorded);
    }

    // Any application at all
    // -------------------------------------------------------------------------------------------

    private Case any() {
        var from = pick(REGIONS);
        var to = pick(REGIONS);
        var asked = new Application(
                ApplicationCase.certificate(!seldom()),
                ApplicationCase.NAME,
                from,
                pick(List.of(Scheme.values())),
                to,
                pick(List.of(Scheme.values())),
                seldom() ? ApplicationCase.EMPLOYER : null,
                random.nextBoolean(),
                seldom(),
                seldom(),
                seldom() ? pick(List.of(AccountWish.values())) : null);
        var known = new Facts(
                TODAY,
                listing(),
                listing(),
                seldom() ? null : person(),
                seldom() ? ApplicationCase.OPEN : null,
                new CheckPolicies.InForce(seldom(), switchedOn(), switchedOn()),
                seldom() ? refused() : Map.of());
        return new Case(asked, known);
    }

    private Listing listing() {
        return seldom() ? pick(List.of(Listing.values())) : Listing.ON_PLATFORM;
    }

    private Person person() {
        return new Person(
                seldom() ? "田大满" : ApplicationCase.NAME,
                random.nextBoolean(),
                seldom() ? null : relationship(),
                seldom() ? null : relationship(),
                seldom() ? List.of(new Insured(pick(REGIONS), "某市")) : List.of());
    }

    private Relationship relationship() {
        return new Relationship(
                pick(List.of(ParticipationStatus.values())),
                new PersonType(pick(List.of("1101", "1101", "1501", "1201"))),
                !seldom(),
                seldom() ? new LeftMoney(Fen.of(1 + random.nextInt(9)), random.nextBoolean()) : LeftMoney.NONE,
                random.nextBoolean() ? ApplicationCase.EMPLOYER : null,
                new CoverageYear(2025 + random.nextInt(3)),
                seldom() ? Set.of(pick(PRACTICE)) : Set.of());
    }

    private Map<Ground, String> switchedOn() {
        var on = new HashMap<Ground, String>();
        PRACTICE.stream().filter(_ -> seldom()).forEach(ground -> on.put(ground, "示例规程"));
        return on;
    }

    private Map<WishKind, String> refused() {
        var refused = new EnumMap<WishKind, String>(WishKind.class);
        refused.put(pick(List.of(WishKind.values())), "须到窗口办理");
        return refused;
    }

    private boolean seldom() {
        return random.nextInt(5) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
