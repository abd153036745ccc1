package org.jiexu.registry.domain;

import java.util.List;
import java.util.function.Predicate;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 两地核验 — the checks of both sides before acceptance (43号 Art. 7). Every failing ground is told at once (R2.2); no
 * condition exists beside those listed here (43号 Art. 15).
 */
public final class Checks {
    private Checks() {}

    /** 申请 — what is asked: whose relationship, from where, to where. */
    public record Application(
            Certificate certificate, String name, RegionCode from, Scheme fromScheme, RegionCode to, Scheme toScheme) {
        /** Without the name: it must not reach a log. */
        @Override
        public String toString() {
            return "Application[%s/%s -> %s/%s]".formatted(from, fromScheme, to, toScheme);
        }
    }

    /** How a region stands in the directory. */
    public enum Listing {
        UNKNOWN,
        OFF_PLATFORM,
        ON_PLATFORM
    }

    /**
     * 参保关系 — one person's relationship with one region in one scheme.
     *
     * @param leftToTransfer whether months, or possibly money, are there that no earlier transfer has taken
     */
    public record Relationship(ParticipationStatus status, PersonType personType, boolean leftToTransfer) {}

    /** What the registry knows about it. */
    public record Facts(
            Listing from,
            Listing to,
            @Nullable Person person,
            @Nullable CaseNumber openCase) {}

    /**
     * The person whom the number names.
     *
     * @param isApplicant the caller has shown to be this person
     */
    public record Person(
            String name,
            boolean isApplicant,
            @Nullable Relationship old,
            @Nullable Relationship here) {
        @Override
        public String toString() {
            return "Person[old=%s, here=%s]".formatted(old, here);
        }
    }

    private record Question(Application asked, Facts known) {
        boolean nameMatches() {
            return known.person() != null && known.person().name().equals(asked.name());
        }

        /** House rule: whoever does not know the name behind a number learns nothing else about its person. */
        boolean mayBeTold() {
            return known.person() != null && (nameMatches() || known.person().isApplicant());
        }

        boolean isOneRelationship() {
            return asked.from().equals(asked.to()) && asked.fromScheme() == asked.toScheme();
        }

        @Nullable
        Relationship old() {
            return known.person() == null ? null : known.person().old();
        }

        @Nullable
        Relationship here() {
            return known.person() == null ? null : known.person().here();
        }

        boolean leaves() {
            return mayBeTold() && !isOneRelationship() && known.from() == Listing.ON_PLATFORM;
        }

        boolean arrives() {
            return mayBeTold() && !isOneRelationship() && known.to() == Listing.ON_PLATFORM;
        }
    }

    private record Check(Ground ground, Predicate<Question> fails) {}

    private static final List<Check> ALL = List.of(
            // Rulebook 12: a number is never corrected; a wrong one is told.
            new Check(Ground.BAD_NUMBER, q -> !q.asked().certificate().isWellFormed()),
            // Rulebook 12: both sides are the same person record, name compared exactly.
            new Check(Ground.NAME_NUMBER_MISMATCH, q -> q.asked().certificate().isWellFormed() && !q.nameMatches()),
            // 43号 Art. 4: old and receiving region are 统筹区 of the directory.
            new Check(
                    Ground.UNKNOWN_REGION,
                    q -> q.known().from() == Listing.UNKNOWN || q.known().to() == Listing.UNKNOWN),
            // R3.7: regions outside the platform send paper, which starts at a window.
            new Check(
                    Ground.REGION_NOT_ON_PLATFORM,
                    q -> q.known().from() == Listing.OFF_PLATFORM || q.known().to() == Listing.OFF_PLATFORM),
            // 43号 Art. 5: a move between agencies of one region is no transfer (R1.2).
            new Check(Ground.SAME_REGION_AND_SCHEME, Question::isOneRelationship),
            // House rule: employee to employee is what the platform offers today.
            new Check(
                    Ground.KIND_NOT_OFFERED,
                    q -> q.asked().fromScheme() != Scheme.EMPLOYEE || q.asked().toScheme() != Scheme.EMPLOYEE),
            // 43号 Art. 7: participation in the old region has been suspended.
            new Check(Ground.STILL_INSURED_THERE, q -> q.leaves() && hasStatus(q.old(), ParticipationStatus.INSURED)),
            // 43号 Art. 7: there is a relationship, and it has not left yet.
            new Check(
                    Ground.NOTHING_TO_TRANSFER,
                    q -> q.leaves()
                            && !hasStatus(q.old(), ParticipationStatus.INSURED)
                            && (q.old() == null || !q.old().leftToTransfer())),
            // 43号 Art. 7: enrolled in the receiving region; no paid month is asked (R2.2).
            new Check(Ground.NOT_INSURED_HERE, q -> q.arrives() && !hasStatus(q.here(), ParticipationStatus.INSURED)),
            // 43号 Art. 2: those who draw the employee scheme's retiree benefits are not covered; age alone says
            // nothing.
            new Check(
                    Ground.RETIREE,
                    q -> q.mayBeTold()
                            && (drawsPension(q.old(), q.asked().fromScheme())
                                    || drawsPension(q.here(), q.asked().toScheme()))),
            // R1.6: one open case per person, old region and old scheme.
            new Check(Ground.OPEN_TRANSFER, q -> q.mayBeTold() && q.known().openCase() != null));

    /** Every failing ground, in the order of the list above; empty when the application is acceptable. */
    public static List<CodedReason> failing(Application asked, Facts known) {
        var question = new Question(asked, known);
        return ALL.stream()
                .filter(check -> check.fails().test(question))
                .map(check -> told(check.ground(), known.openCase()))
                .toList();
    }

    private static CodedReason told(Ground ground, @Nullable CaseNumber open) {
        return ground == Ground.OPEN_TRANSFER && open != null ? ground.told(open) : ground.told();
    }

    private static boolean hasStatus(@Nullable Relationship relationship, ParticipationStatus status) {
        return relationship != null && relationship.status() == status;
    }

    private static boolean drawsPension(@Nullable Relationship relationship, Scheme scheme) {
        return scheme == Scheme.EMPLOYEE
                && relationship != null
                && relationship.personType().isRetiree();
    }
}
