package org.jiexu.sandbox.sample;

import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/**
 * 有故事的人 — the persons that the documentation and the stories name, the same whatever the seed.
 *
 * <p>The walk-through uses the person of {@link #WALK_THROUGH}; the stories use casts of their own, one per run, so that
 * a story can be told again on the same data.
 */
public final class NamedPersons {

    /** 济宁 → 长沙 with 8,765.43: the walk-through. */
    public static final PersonId WALK_THROUGH = new PersonId("PSAMPLE000001");

    /** What a person of a cast is there to show. */
    public enum Part {
        /** 济宁 → 长沙, 8,765.43. */
        JINING_TO_CHANGSHA(1, "JC", SampleRegion.JINING, SampleRegion.CHANGSHA, "8765.43"),
        /** 长沙 → 杭州, 12,345.67. */
        CHANGSHA_TO_HANGZHOU(2, "CH", SampleRegion.CHANGSHA, SampleRegion.HANGZHOU, "12345.67"),
        /** 株洲 → 宁波, nothing on the account. */
        NOTHING_ON_THE_ACCOUNT(3, "NU", SampleRegion.ZHUZHOU, SampleRegion.NINGBO, "0.00"),
        /** 湘潭 → 石家庄: the sheet is returned and corrected by staff. */
        RETURNED_AND_CORRECTED(4, "RC", SampleRegion.XIANGTAN, SampleRegion.SHIJIAZHUANG, "4321.00"),
        /** 石家庄 → 杭州: withdrawn before the sheet is issued. */
        WITHDRAWN(5, "WD", SampleRegion.SHIJIAZHUANG, SampleRegion.HANGZHOU, "999.99"),
        /** 石家庄 → 长沙: the old region lets its ten working days pass. */
        OVERDUE(6, "DL", SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA, "150000.01"),
        /** 济宁 → 长沙: still insured in the one and not enrolled in the other. */
        REFUSED(7, "RF", SampleRegion.JINING, SampleRegion.CHANGSHA, "250.50");

        private final int number;
        private final String letters;
        private final SampleRegion from;
        private final SampleRegion to;
        private final Fen balance;

        Part(int number, String letters, SampleRegion from, SampleRegion to, String balance) {
            this.number = number;
            this.letters = letters;
            this.from = from;
            this.to = to;
            this.balance = Fen.parse(balance);
        }

        public SampleRegion from() {
            return from;
        }

        public SampleRegion to() {
            return to;
        }

        public Fen balance() {
            return balance;
        }
    }

    private static final String AREA = "190000";

    private NamedPersons() {}

    static List<SamplePerson> all() {
        var people = new People(AREA, new Random(1));
        return Stream.of(Part.values())
                .map(part -> inPart(part, new PersonId("PSAMPLE%06d".formatted(part.number)), people))
                .toList();
    }

    public static SamplePerson walkThrough() {
        return all().getFirst();
    }

    /** One person, new for every {@code run} (0 to 9999999), in that part. */
    public static SamplePerson inCast(int run, Part part) {
        var people =
                new People("19%04d".formatted(9300 + Math.floorMod(run, 700)), new Random(31L * run + part.number));
        return inPart(part, new PersonId("PST%s%08d".formatted(part.letters, run)), people);
    }

    private static SamplePerson inPart(Part part, PersonId id, People people) {
        return people.person(id, 1990, participations(part), part.name());
    }

    private static List<SampleParticipation> participations(Part part) {
        RegionCode from = part.from.code();
        if (part == Part.REFUSED) {
            return List.of(employee(from, SampleStatus.INSURED, worked(Histories.LAST), part.balance));
        }
        return List.of(
                employee(from, SampleStatus.SUSPENDED, worked(YearMonth.of(2026, 6)), part.balance),
                employee(
                        part.to.code(),
                        SampleStatus.INSURED,
                        List.of(new SamplePeriod(YearMonth.of(2026, 7), Histories.LAST)),
                        Fen.parse("321.00")));
    }

    /** With one break, so that the sheet has two rows. */
    private static List<SamplePeriod> worked(YearMonth last) {
        return List.of(
                new SamplePeriod(YearMonth.of(2016, 7), YearMonth.of(2021, 3)),
                new SamplePeriod(YearMonth.of(2021, 6), last));
    }

    private static SampleParticipation employee(
            RegionCode region, SampleStatus status, List<SamplePeriod> paid, Fen balance) {
        return new SampleParticipation(region, Scheme.EMPLOYEE, "1101", status, paid, balance);
    }
}
