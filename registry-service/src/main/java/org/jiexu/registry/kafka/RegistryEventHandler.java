package org.jiexu.registry.kafka;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.EventHandler;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.inbox.Subscription;
import org.jiexu.registry.BookHistory;
import org.jiexu.registry.CloseRelationship;
import org.jiexu.registry.FollowCases;
import org.jiexu.registry.KeepLeftBalance;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineEscalatedV1;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.DeadlineRevisedV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.contract.PayOutProgressedV1;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.springframework.stereotype.Component;

/** What the registry does with messages: participation of every region, progress and limits of every case. */
@Component
class RegistryEventHandler implements EventHandler {
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.RELATIONSHIP_TERMINATED,
            EventType.HISTORY_BOOKED,
            EventType.ACCOUNT_LEFT,
            EventType.PAY_OUT_PROGRESSED,
            EventType.CASE_PROGRESSED,
            EventType.DEADLINE_WARNED,
            EventType.DEADLINE_MISSED,
            EventType.DEADLINE_ESCALATED,
            EventType.DEADLINE_REVISED);

    private static final Pattern TOPICS = Pattern.compile("platform\\.(participation\\..+|progress|deadline)");

    private final CloseRelationship closeRelationship;
    private final BookHistory bookHistory;
    private final KeepLeftBalance keepLeftBalance;
    private final FollowCases followCases;

    RegistryEventHandler(
            CloseRelationship closeRelationship,
            BookHistory bookHistory,
            KeepLeftBalance keepLeftBalance,
            FollowCases followCases) {
        this.closeRelationship = closeRelationship;
        this.bookHistory = bookHistory;
        this.keepLeftBalance = keepLeftBalance;
        this.followCases = followCases;
    }

    @Override
    public Subscription subscription() {
        return Subscription.matching(TOPICS);
    }

    @Override
    public boolean hears(EventType type) {
        return HEARD.contains(type);
    }

    @Override
    public Answer handle(Received received) {
        return switch (received.data()) {
            case RelationshipTerminatedV1 told -> closeRelationship.terminated(received, told);
            case HistoryBookedV1 told -> bookHistory.booked(received, told);
            case AccountLeftV1 told -> keepLeftBalance.left(received, told);
            case PayOutProgressedV1 told -> keepLeftBalance.payOut(received, told);
            case CaseProgressedV1 told -> followCases.progressed(received, told);
            case DeadlineWarnedV1 told -> followCases.warned(received, told);
            case DeadlineMissedV1 told -> followCases.missed(received, told);
            case DeadlineEscalatedV1 told -> followCases.escalated(received, told);
            case DeadlineRevisedV1 told -> followCases.revised(received, told);
            // participation.resumed is what we say ourselves; EventData is open, other types are for others.
            default -> new Answer.Skipped();
        };
    }
}
