package org.jiexu.transferin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.domain.AutomaticTransfer.Standing.INSURED;
import static org.jiexu.transferin.domain.AutomaticTransfer.Standing.SUSPENDED;
import static org.jiexu.transferin.domain.AutomaticTransfer.Standing.TERMINATED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jiexu.transferin.domain.AutomaticTransfer.OldRecord;
import org.jiexu.transferin.domain.AutomaticTransfer.Plan;
import org.jiexu.transferin.domain.AutomaticTransfer.Standing;
import org.jiexu.transferin.domain.AutomaticTransfer.Standstill;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("R6.1")
class AutomaticTransferTest {
    private static final RegionCode A = new RegionCode("430100");

    static Stream<Arguments> oneRecord() {
        return Stream.of(
                //                    status      retiree left   in hands never filled
                Arguments.of(record(SUSPENDED, false, true, false, false), new Plan(List.of(A), Standstill.SOON)),
                Arguments.of(
                        record(SUSPENDED, false, true, false, true), new Plan(List.of(A), Standstill.WITH_ITS_CASE)),
                Arguments.of(record(TERMINATED, false, true, false, false), new Plan(List.of(A), Standstill.SOON)),
                Arguments.of(
                        record(TERMINATED, false, true, false, true), new Plan(List.of(A), Standstill.WITH_ITS_CASE)),
                Arguments.of(record(SUSPENDED, false, false, false, true), new Plan(List.of(), Standstill.DONE)),
                Arguments.of(record(TERMINATED, false, false, false, true), new Plan(List.of(), Standstill.DONE)),
                Arguments.of(record(INSURED, false, true, false, true), new Plan(List.of(), Standstill.WAITING)),
                Arguments.of(record(INSURED, false, false, false, true), new Plan(List.of(), Standstill.WAITING)),
                Arguments.of(record(SUSPENDED, false, true, true, true), new Plan(List.of(), Standstill.SOON)),
                Arguments.of(record(INSURED, false, true, true, true), new Plan(List.of(), Standstill.SOON)),
                Arguments.of(record(SUSPENDED, true, true, false, true), new Plan(List.of(), Standstill.DONE)));
    }

    @ParameterizedTest
    @MethodSource("oneRecord")
    void followsAppliesWaitsOrLooksAgain(OldRecord record, Plan plan) {
        assertThat(AutomaticTransfer.plan(INSURED, List.of(record), Set.of())).isEqualTo(plan);
    }

    @Test
    void looksAgainWhereSomethingElseIsLeftBesideTheCase() {
        var free = record(SUSPENDED, false, true, false, true);
        var other = new OldRecord(new RegionCode("430200"), TERMINATED, false, false, false, true);

        assertThat(AutomaticTransfer.plan(INSURED, List.of(free, other), Set.of()))
                .isEqualTo(new Plan(List.of(A), Standstill.SOON));
    }

    @Test
    void appliesForNothingWhereThePersonIsNotInsuredHereNow() {
        var old = List.of(record(SUSPENDED, false, true, false, true));

        assertThat(AutomaticTransfer.plan(SUSPENDED, old, Set.of())).isEqualTo(new Plan(List.of(), Standstill.WAITING));
        assertThat(AutomaticTransfer.plan(TERMINATED, old, Set.of())).isEqualTo(new Plan(List.of(), Standstill.DONE));
        assertThat(AutomaticTransfer.plan(null, old, Set.of())).isEqualTo(new Plan(List.of(), Standstill.DONE));
    }

    @Test
    void triesNoRecordAgainThatWasGivenUpUntilSomethingHappens() {
        assertThat(AutomaticTransfer.plan(INSURED, List.of(record(SUSPENDED, false, true, false, true)), Set.of(A)))
                .isEqualTo(new Plan(List.of(), Standstill.WAITING));
    }

    private static OldRecord record(
            Standing status, boolean retiree, boolean left, boolean inHands, boolean neverFilled) {
        return new OldRecord(A, status, retiree, left, inHands, neverFilled);
    }

    /**
     * ADR 0009: one old balance, the person enrolled in several regions, suspended here and there, and the rows looked at
     * in any order, each look and each step of a case for itself. However it runs, the yuan is in one place at every
     * moment; and when the person has settled in one region and every row has been looked at, it is there.
     */
    @Test
    void endsWithTheWholeBalanceWhereThePersonIsInsured() {
        for (int seed = 0; seed < 3_000; seed++) {
            var world = new World(new Random(seed));

            world.live(60);
            world.settle();

            assertThat(world.balances).as("seed %d: %s", seed, world).isEqualTo(Map.of(world.home, 100));
        }
    }

    /** Four regions of one province, one person, and the registry's reservations. */
    private static final class World {
        private final Random random;
        private final List<RegionCode> regions = Stream.of("430100", "430200", "430300", "430400")
                .map(RegionCode::new)
                .toList();
        private final Map<RegionCode, Standing> standing = new HashMap<>();
        private final Map<RegionCode, Integer> balances = new HashMap<>();
        /** Old region to the region that its open case leads to. */
        private final Map<RegionCode, RegionCode> cases = new HashMap<>();

        private final Map<RegionCode, Integer> onTheWay = new HashMap<>();
        private final Set<RegionCode> open = new HashSet<>();
        /** Rows that are done with the case from that old region. */
        private final Map<RegionCode, RegionCode> following = new HashMap<>();

        private final Set<RegionCode> filled = new HashSet<>();
        private RegionCode home = regions.getFirst();

        World(Random random) {
            this.random = random;
            standing.put(home, SUSPENDED);
            balances.put(home, 100);
        }

        void live(int steps) {
            for (int i = 0; i < steps; i++) {
                var region = regions.get(random.nextInt(regions.size()));
                switch (random.nextInt(5)) {
                    case 0 -> enrol(region);
                    case 1 -> suspend(region);
                    case 2, 3 -> look(region);
                    default -> step(region);
                }
                assertThat(balances.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum()
                                + onTheWay.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum())
                        .isEqualTo(100);
            }
        }

        /** The person stays insured in one region; everything that is due happens until nothing is. */
        void settle() {
            home = regions.get(random.nextInt(regions.size()));
            finishCases();
            enrol(home);
            for (var region : regions) {
                if (!region.equals(home)) {
                    suspend(region);
                }
            }
            // A resumption is no registration: whoever settles where he was known before applies for himself (R6.2).
            open.add(home);
            for (int round = 0; round < 10; round++) {
                var order = new ArrayList<>(regions);
                Collections.shuffle(order, random);
                order.forEach(this::look);
                finishCases();
            }
            balances.values().removeIf(balance -> balance == 0);
        }

        private void finishCases() {
            for (int i = 0; i < 2; i++) {
                List.copyOf(cases.keySet()).forEach(this::step);
            }
        }

        private void enrol(RegionCode region) {
            boolean reserved = cases.containsKey(region);
            if (standing.get(region) == INSURED || reserved) {
                return;
            }
            boolean registration = standing.get(region) != SUSPENDED;
            standing.put(region, INSURED);
            if (registration) {
                open.add(region);
                following.remove(region);
            }
        }

        private void suspend(RegionCode region) {
            if (standing.get(region) == INSURED) {
                standing.put(region, SUSPENDED);
            }
        }

        private void look(RegionCode here) {
            if (!open.contains(here)) {
                return;
            }
            var plan = AutomaticTransfer.plan(standing.get(here), records(here), Set.of());
            for (var old : plan.apply()) {
                // What the registry's check says, at another moment than the look.
                boolean acceptable =
                        standing.get(here) == INSURED && standing.get(old) != INSURED && !cases.containsKey(old);
                if (acceptable) {
                    cases.put(old, here);
                    filled.add(here);
                    if (plan.then() == Standstill.WITH_ITS_CASE) {
                        following.put(here, old);
                    }
                }
            }
            if (plan.then() == Standstill.DONE) {
                open.remove(here);
            }
        }

        private List<OldRecord> records(RegionCode here) {
            return standing.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(here))
                    .map(entry -> new OldRecord(
                            entry.getKey(),
                            entry.getValue(),
                            false,
                            balances.getOrDefault(entry.getKey(), 0) > 0,
                            cases.containsKey(entry.getKey()) || cases.containsValue(entry.getKey()),
                            !filled.contains(entry.getKey())))
                    .toList();
        }

        /** Two steps of a case: the money leaves, the money arrives and the old relationship ends. */
        private void step(RegionCode old) {
            var to = cases.get(old);
            if (to == null) {
                return;
            }
            if (!onTheWay.containsKey(old)) {
                onTheWay.put(old, balances.getOrDefault(old, 0));
                balances.put(old, 0);
                return;
            }
            balances.merge(to, onTheWay.remove(old), Integer::sum);
            standing.put(old, TERMINATED);
            cases.remove(old);
            if (following.remove(to, old)) {
                open.remove(to);
            }
        }

        @Override
        public String toString() {
            return standing + " " + balances + " " + open + " home " + home;
        }
    }
}
