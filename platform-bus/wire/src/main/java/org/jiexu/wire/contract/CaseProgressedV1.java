package org.jiexu.wire.contract;

import java.time.Instant;
import java.util.List;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 办理进度 — one step of a case: what happened, which public state it is in (R10.1), who has it now, which limits run.
 *
 * @param channel 办理渠道 (R2.1), where the speaker knows it
 * @param employer 统一社会信用代码 of the employer who applied, to be told of each step too (R10.2)
 * @param reasons why, where the step is a refusal, a decline, waits for something (43号 Art. 7), or takes money back
 * @param amount what was paid to the person, where the step is a pay-out (R2.10), or taken back from the account (R7.6)
 */
public record CaseProgressedV1(
        CaseNumber number,
        PersonId person,
        RegionCode sending,
        RegionCode receiving,
        Scheme fromScheme,
        Scheme toScheme,
        String step,
        String state,
        PublicStatus status,
        @Nullable RegionCode holder,
        Instant at,
        List<DeadlineStatusV1> deadlines,
        @Nullable String channel,
        @Nullable String employer,
        @Nullable List<CodedReason> reasons,
        @Nullable Fen amount)
        implements EventData {
    /** A step in which nothing is paid to the person. */
    public CaseProgressedV1(
            CaseNumber number,
            PersonId person,
            RegionCode sending,
            RegionCode receiving,
            Scheme fromScheme,
            Scheme toScheme,
            String step,
            String state,
            PublicStatus status,
            @Nullable RegionCode holder,
            Instant at,
            List<DeadlineStatusV1> deadlines,
            @Nullable String channel,
            @Nullable String employer,
            @Nullable List<CodedReason> reasons) {
        this(
                number,
                person,
                sending,
                receiving,
                fromScheme,
                toScheme,
                step,
                state,
                status,
                holder,
                at,
                deadlines,
                channel,
                employer,
                reasons,
                null);
    }

    /** The same step with what was paid, or taken back, in it. */
    public CaseProgressedV1 paying(Fen paid) {
        return new CaseProgressedV1(
                number,
                person,
                sending,
                receiving,
                fromScheme,
                toScheme,
                step,
                state,
                status,
                holder,
                at,
                deadlines,
                channel,
                employer,
                reasons,
                paid);
    }

    /** A step that needs no reason. */
    public CaseProgressedV1(
            CaseNumber number,
            PersonId person,
            RegionCode sending,
            RegionCode receiving,
            Scheme fromScheme,
            Scheme toScheme,
            String step,
            String state,
            PublicStatus status,
            @Nullable RegionCode holder,
            Instant at,
            List<DeadlineStatusV1> deadlines,
            @Nullable String channel,
            @Nullable String employer) {
        this(
                number,
                person,
                sending,
                receiving,
                fromScheme,
                toScheme,
                step,
                state,
                status,
                holder,
                at,
                deadlines,
                channel,
                employer,
                null);
    }

    /** What stands against it or is waited for; empty where there is nothing. */
    public List<CodedReason> why() {
        return reasons == null ? List.of() : reasons;
    }

    /** A step told by who does not know the channel. */
    public CaseProgressedV1(
            CaseNumber number,
            PersonId person,
            RegionCode sending,
            RegionCode receiving,
            Scheme fromScheme,
            Scheme toScheme,
            String step,
            String state,
            PublicStatus status,
            @Nullable RegionCode holder,
            Instant at,
            List<DeadlineStatusV1> deadlines) {
        this(
                number,
                person,
                sending,
                receiving,
                fromScheme,
                toScheme,
                step,
                state,
                status,
                holder,
                at,
                deadlines,
                null,
                null,
                null);
    }
}
