package org.jiexu.sandbox.sample;

import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 其他转移类型 — one person for each kind beside employee to employee, the same whatever the seed (43号 Art. 5, 14). */
public final class OtherKinds {

    /** What a person is there to show; accepted unless it says otherwise. */
    public enum Kind {
        /** 居民 → 居民, 济宁 → 长沙: enrolled for 2027 while 2026 is still running there. */
        RESIDENT_NEXT_YEAR(101),
        /** 居民 → 居民, 济宁 → 长沙: within the coverage year, refused. */
        RESIDENT_SAME_YEAR(102),
        /** 职工 → 居民, 杭州 → 长沙, with 4,321.00 on the account. */
        EMPLOYEE_TO_RESIDENT(103),
        /** 居民 → 职工, 济宁 → 杭州. */
        RESIDENT_TO_EMPLOYEE(104),
        /** 居民 → 职工 inside 长沙. */
        SCHEMES_IN_ONE_REGION(105);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    private static final String AREA = "190001";
    private static final String WORKING = "1101";
    private static final String RESIDENT = "1401";
    private static final RegionCode CHANGSHA = SampleRegion.CHANGSHA.code();
    private static final RegionCode HANGZHOU = SampleRegion.HANGZHOU.code();
    private static final RegionCode JINING = SampleRegion.JINING.code();

    private OtherKinds() {}

    static List<SamplePerson> all() {
        var people = new People(AREA, new Random(2));
        return Stream.of(Kind.values())
                .map(kind -> people.person(
                        new PersonId("PSAMPLE%06d".formatted(kind.number)), 1988, participations(kind), kind.name()))
                .toList();
    }

    /** Who shows that kind. */
    public static SamplePerson person(Kind kind) {
        return all().stream()
                .filter(person -> kind.name().equals(person.story()))
                .findFirst()
                .orElseThrow();
    }

    private static List<SampleParticipation> participations(Kind kind) {
        return switch (kind) {
            case RESIDENT_NEXT_YEAR ->
                List.of(
                        resident(JINING, SampleStatus.INSURED, year(2025, 2026)),
                        resident(CHANGSHA, SampleStatus.INSURED, year(2027, 2027)));
            case RESIDENT_SAME_YEAR ->
                List.of(
                        resident(JINING, SampleStatus.SUSPENDED, year(2025, 2026)),
                        resident(
                                CHANGSHA,
                                SampleStatus.INSURED,
                                new SamplePeriod(YearMonth.of(2026, 9), YearMonth.of(2026, 12))));
            case EMPLOYEE_TO_RESIDENT ->
                List.of(
                        employee(HANGZHOU, SampleStatus.SUSPENDED, worked(YearMonth.of(2026, 5)), "4321.00"),
                        resident(
                                CHANGSHA,
                                SampleStatus.INSURED,
                                new SamplePeriod(YearMonth.of(2026, 7), YearMonth.of(2026, 12))));
            case RESIDENT_TO_EMPLOYEE ->
                List.of(
                        resident(JINING, SampleStatus.SUSPENDED, year(2024, 2025)),
                        employee(HANGZHOU, SampleStatus.INSURED, justWorking(), "88.00"));
            case SCHEMES_IN_ONE_REGION ->
                List.of(
                        resident(CHANGSHA, SampleStatus.SUSPENDED, year(2023, 2025)),
                        employee(CHANGSHA, SampleStatus.INSURED, justWorking(), "66.00"));
        };
    }

    private static SamplePeriod year(int first, int last) {
        return new SamplePeriod(YearMonth.of(first, 1), YearMonth.of(last, 12));
    }

    private static SamplePeriod worked(YearMonth last) {
        return new SamplePeriod(YearMonth.of(2016, 7), last);
    }

    private static SamplePeriod justWorking() {
        return new SamplePeriod(YearMonth.of(2026, 7), Histories.LAST);
    }

    private static SampleParticipation resident(RegionCode region, SampleStatus status, SamplePeriod paid) {
        return new SampleParticipation(region, Scheme.RESIDENT, RESIDENT, status, List.of(paid), Fen.ZERO);
    }

    private static SampleParticipation employee(
            RegionCode region, SampleStatus status, SamplePeriod paid, String balance) {
        return new SampleParticipation(region, Scheme.EMPLOYEE, WORKING, status, List.of(paid), Fen.parse(balance));
    }
}
