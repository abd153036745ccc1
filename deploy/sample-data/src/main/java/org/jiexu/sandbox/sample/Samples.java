package org.jiexu.sandbox.sample;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 样例数据 — generates the sample: the named persons first, then the many. */
public final class Samples {

    public static final long DEFAULT_SEED = 20260914;

    private static final String WORKING = "1101";
    private static final String RETIRED = "1201";
    private static final String RESIDENT = "1401";
    private static final YearMonth SCHEME_BEGAN = YearMonth.of(2004, 1);
    private static final List<SampleRegion> REGIONS = List.of(SampleRegion.values());

    private final Random random;
    private final People people;
    private final Histories histories;

    private Samples(String area, long seed) {
        random = new Random(seed);
        people = new People(area, random);
        histories = new Histories(random);
    }

    /** The sandbox's population: {@link NamedPersons}, {@link OtherKinds} and {@code many} others. */
    public static SampleSet population(long seed, int many) {
        var persons = new ArrayList<>(NamedPersons.all());
        persons.addAll(OtherKinds.all());
        var samples = new Samples("190100", seed);
        for (int i = 0; i < many; i++) {
            persons.add(samples.somebody(i));
        }
        return new SampleSet(List.copyOf(persons));
    }

    /**
     * Persons whose transfer from one region to the other nothing stands in the way of; all have money to move.
     *
     * @param seed another seed gives other persons; those of {@link #population} never appear
     */
    public static SampleSet transferable(long seed, int count, RegionCode from, RegionCode to) {
        var samples = new Samples(area(seed), seed);
        var persons = new ArrayList<SamplePerson>();
        for (int i = 0; i < count; i++) {
            persons.add(samples.mover(from, to, Fen.of(100 + samples.random.nextInt(3_000_000))));
        }
        return new SampleSet(List.copyOf(persons));
    }

    /**
     * Persons suspended in that region with months and money, insured nowhere else: a new registration elsewhere in the
     * province makes them follow (R6.1).
     */
    public static SampleSet leavers(long seed, int count, RegionCode from) {
        var samples = new Samples(area(seed), seed);
        var persons = new ArrayList<SamplePerson>();
        for (int i = 0; i < count; i++) {
            persons.add(samples.leaver(from, Fen.of(100 + samples.random.nextInt(900_000))));
        }
        return new SampleSet(List.copyOf(persons));
    }

    /** One such person with that balance. */
    public static SamplePerson leaver(long seed, RegionCode from, Fen balance) {
        return new Samples(area(seed), seed).leaver(from, balance);
    }

    /** Another area code for each block of seeds, so that many runs can share a registry. */
    private static String area(long seed) {
        return "19%04d".formatted(200 + Math.floorMod(seed, 9000));
    }

    private SamplePerson leaver(RegionCode from, Fen balance) {
        YearMonth last = histories.monthBetween(YearMonth.of(2026, 3), YearMonth.of(2026, 7));
        return people.born(
                aged(24, 55),
                List.of(new SampleParticipation(
                        from,
                        Scheme.EMPLOYEE,
                        WORKING,
                        SampleStatus.SUSPENDED,
                        histories.paid(began(), last),
                        balance)));
    }

    private SamplePerson somebody(int i) {
        SampleRegion home = pick();
        return switch (i % 12) {
            case 0, 1, 2, 3 -> mover(home.code(), otherThan(home).code(), histories.balance());
            case 4, 5 -> people.born(aged(22, 55), List.of(insured(home, histories.paid(began(), Histories.LAST))));
            case 6 -> people.born(aged(25, 55), List.of(insured(home, histories.inArrears(began()))));
            case 7 -> people.born(aged(62, 88), List.of(retired(home)));
            case 8 -> people.born(aged(25, 55), List.of(suspended(home, YearMonth.of(2026, 5))));
            case 9 -> withSeveralRegions(home);
            case 10 ->
                people.born(
                        aged(30, 50),
                        List.of(
                                insured(home, histories.paid(began(), Histories.LAST)),
                                justInsured(otherThan(home).code())));
            default -> people.born(aged(19, 80), List.of(resident(home)));
        };
    }

    private SamplePerson mover(RegionCode from, RegionCode to, Fen balance) {
        YearMonth last = histories.monthBetween(YearMonth.of(2026, 3), YearMonth.of(2026, 7));
        var left = new SampleParticipation(
                from, Scheme.EMPLOYEE, WORKING, SampleStatus.SUSPENDED, histories.paid(began(), last), balance);
        return people.born(aged(24, 55), List.of(left, justInsured(to)));
    }

    /** Left one region years ago with nothing, another lately, and works in a third. */
    private SamplePerson withSeveralRegions(SampleRegion first) {
        SampleRegion second = otherThan(first);
        SampleRegion third = pick();
        while (third == first || third == second) {
            third = pick();
        }
        YearMonth moved = histories.monthBetween(YearMonth.of(2014, 1), YearMonth.of(2018, 12));
        var ended = new SampleParticipation(
                first.code(),
                Scheme.EMPLOYEE,
                WORKING,
                SampleStatus.TERMINATED,
                histories.paid(YearMonth.of(2010, 1), moved),
                Fen.ZERO);
        var left = new SampleParticipation(
                second.code(),
                Scheme.EMPLOYEE,
                WORKING,
                SampleStatus.SUSPENDED,
                histories.paid(moved.plusMonths(2), YearMonth.of(2026, 6)),
                histories.balance());
        return people.born(aged(36, 54), List.of(ended, left, justInsured(third.code())));
    }

    private SampleParticipation insured(SampleRegion region, List<SamplePeriod> paid) {
        return new SampleParticipation(
                region.code(), Scheme.EMPLOYEE, WORKING, SampleStatus.INSURED, paid, histories.balance());
    }

    private SampleParticipation suspended(SampleRegion region, YearMonth last) {
        return new SampleParticipation(
                region.code(),
                Scheme.EMPLOYEE,
                WORKING,
                SampleStatus.SUSPENDED,
                histories.paid(began(), last),
                histories.balance());
    }

    private SampleParticipation retired(SampleRegion region) {
        YearMonth until = histories.monthBetween(YearMonth.of(2019, 1), YearMonth.of(2025, 12));
        return new SampleParticipation(
                region.code(),
                Scheme.EMPLOYEE,
                RETIRED,
                SampleStatus.INSURED,
                histories.paid(SCHEME_BEGAN, until),
                histories.balance());
    }

    private SampleParticipation resident(SampleRegion region) {
        return new SampleParticipation(
                region.code(),
                Scheme.RESIDENT,
                RESIDENT,
                SampleStatus.INSURED,
                List.of(new SamplePeriod(YearMonth.of(2025, 1), YearMonth.of(2026, 8))),
                Fen.ZERO);
    }

    private SampleParticipation justInsured(RegionCode region) {
        return new SampleParticipation(
                region,
                Scheme.EMPLOYEE,
                WORKING,
                SampleStatus.INSURED,
                List.of(new SamplePeriod(Histories.LAST, Histories.LAST)),
                Fen.of(random.nextInt(60_000)));
    }

    private YearMonth began() {
        return histories.monthBetween(YearMonth.of(2006, 1), YearMonth.of(2023, 12));
    }

    private int aged(int youngest, int oldest) {
        return 2026 - youngest - random.nextInt(oldest - youngest + 1);
    }

    private SampleRegion pick() {
        return REGIONS.get(random.nextInt(REGIONS.size()));
    }

    private SampleRegion otherThan(SampleRegion region) {
        SampleRegion other = pick();
        while (other == region) {
            other = pick();
        }
        return other;
    }
}
