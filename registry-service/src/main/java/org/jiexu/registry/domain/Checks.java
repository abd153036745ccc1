package org.jiexu.registry.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 两地核验 — the checks of both sides before acceptance (43号 Art. 7): every {@link Ground} is asked, and every failing one
 * is told at once (R2.2).
 */
public final class Checks {
    private Checks() {}

    /**
     * 申请 — what is asked: whose relationship, from where, to where.
     *
     * @param employer 统一社会信用代码 of the employer who applies (R1.5)
     * @param oneStop what can be mended on-line shall be mended (R2.8)
     * @param onPaper the old region sends paper, and people have looked at its side (R3.7)
     * @param automatic started by a new registration, which collects each old region of the province for itself (R6.1)
     * @param accountWish what shall become of the balance, when the applicant has said so
     */
    public record Application(
            Certificate certificate,
            String name,
            RegionCode from,
            Scheme fromScheme,
            RegionCode to,
            Scheme toScheme,
            @Nullable String employer,
            boolean oneStop,
            boolean onPaper,
            boolean automatic,
            @Nullable AccountWish accountWish) {
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
     * @param leftToTransfer whether months are there that no earlier transfer has taken; or, where none ever took any,
     *     possibly money
     * @param money what lies on the account, where its region has told it
     * @param employer 统一社会信用代码, in the employee scheme
     * @param covered the last coverage year for which the person is, or was, insured there
     * @param recorded facts of practice in force, as the region's agency has recorded them
     */
    public record Relationship(
            ParticipationStatus status,
            PersonType personType,
            boolean leftToTransfer,
            LeftMoney money,
            @Nullable String employer,
            CoverageYear covered,
            Set<Ground> recorded) {}

    /**
     * What the registry knows about it.
     *
     * @param refusedWishes what the regions concerned would not do for this application, and why (R2.8)
     */
    public record Facts(
            LocalDate today,
            Listing from,
            Listing to,
            @Nullable Person person,
            @Nullable CaseNumber openCase,
            CheckPolicies.InForce policies,
            Map<WishKind, String> refusedWishes) {}

    /**
     * The person whom the number names.
     *
     * @param isApplicant the caller has shown to be this person
     * @param insuredIn every region where the person is insured in the scheme of the receiving side (R1.4)
     */
    public record Person(
            String name,
            boolean isApplicant,
            @Nullable Relationship old,
            @Nullable Relationship here,
            List<Insured> insuredIn) {
        @Override
        public String toString() {
            return "Person[old=%s, here=%s]".formatted(old, here);
        }
    }

    /** 在保地. */
    public record Insured(RegionCode region, String name) {}

    /** 核验结论. */
    public sealed interface Verdict {
        /** {@code notBefore}: the case may not complete before that day (R1.3). */
        record Acceptable(@Nullable LocalDate notBefore) implements Verdict {}

        /** Everything that fails can be mended on-line, and the applicant wishes it. */
        record Waiting(List<CodedReason> reasons, List<WishKind> wishes) implements Verdict {}

        record Refused(List<CodedReason> reasons) implements Verdict {}
    }

    /** Reasons in the order of the rulebook. */
    public static Verdict judge(Application asked, Facts known) {
        var question = new Question(asked, known);
        var standing = Stream.of(Ground.values())
                .filter(ground -> ground.stands(question))
                .toList();
        if (standing.isEmpty()) {
            return new Verdict.Acceptable(question.notBefore());
        }
        var reasons = standing.stream().map(ground -> ground.told(question)).toList();
        var wishes =
                standing.stream().map(Ground::mendedBy).filter(Objects::nonNull).toList();
        return asked.oneStop() && wishes.size() == standing.size()
                ? new Verdict.Waiting(reasons, wishes)
                : new Verdict.Refused(reasons);
    }
}
