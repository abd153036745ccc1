package org.jiexu.wire.contract;

import static org.jiexu.wire.vocabulary.ServiceName.REGISTRY;
import static org.jiexu.wire.vocabulary.ServiceName.SETTLEMENT;
import static org.jiexu.wire.vocabulary.ServiceName.TRANSFER_IN;
import static org.jiexu.wire.vocabulary.ServiceName.TRANSFER_OUT;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.ServiceName;

/** 事件类型 — every event type: its name on the wire, its record, its family of topics, and the services that may say it. */
public enum EventType {
    TRANSFER_ACCEPTED("transfer.accepted.v1", TransferAcceptedV1.class, TopicFamily.TRANSFER, TRANSFER_IN),
    WITHDRAWAL_REQUESTED(
            "transfer.withdrawal-requested.v1", WithdrawalRequestedV1.class, TopicFamily.TRANSFER, TRANSFER_IN),
    TRANSFER_WITHDRAWN("transfer.withdrawn.v1", TransferWithdrawnV1.class, TopicFamily.TRANSFER, TRANSFER_OUT),
    TRANSFER_DECLINED("transfer.declined.v1", TransferDeclinedV1.class, TopicFamily.TRANSFER, TRANSFER_OUT),
    INFO_SHEET_ISSUED("info-sheet.issued.v1", InfoSheetIssuedV1.class, TopicFamily.TRANSFER, TRANSFER_OUT),
    INFO_SHEET_RETURNED("info-sheet.returned.v1", InfoSheetReturnedV1.class, TopicFamily.TRANSFER, TRANSFER_IN),
    CONTACT_LETTER_ISSUED("contact-letter.issued.v1", ContactLetterIssuedV1.class, TopicFamily.TRANSFER, TRANSFER_IN),
    TRANSFER_REMINDED("transfer.reminded.v1", TransferRemindedV1.class, TopicFamily.TRANSFER, TRANSFER_IN),
    REMINDER_ANSWERED("transfer.reminder-answered.v1", ReminderAnsweredV1.class, TopicFamily.TRANSFER, TRANSFER_OUT),
    TRANSFER_PAUSED("transfer.paused.v1", TransferPausedV1.class, TopicFamily.TRANSFER, TRANSFER_OUT),
    TRANSFER_RESUMED("transfer.resumed.v1", TransferResumedV1.class, TopicFamily.TRANSFER, TRANSFER_OUT),
    TRANSFER_SUPPLEMENTED("transfer.supplemented.v1", TransferSupplementedV1.class, TopicFamily.TRANSFER, TRANSFER_IN),
    TRANSFER_COMPLETED("transfer.completed.v1", TransferCompletedV1.class, TopicFamily.TRANSFER, TRANSFER_IN),

    HOLD_REQUESTED("balance.hold-requested.v1", HoldRequestedV1.class, TopicFamily.BALANCE, TRANSFER_OUT),
    HELD("balance.held.v1", HeldV1.class, TopicFamily.BALANCE, SETTLEMENT),
    HOLD_REFUSED("balance.hold-refused.v1", HoldRefusedV1.class, TopicFamily.BALANCE, SETTLEMENT),
    RELEASE_ORDERED("balance.release-ordered.v1", ReleaseOrderedV1.class, TopicFamily.BALANCE, TRANSFER_OUT),
    REMIT_ORDERED("balance.remit-ordered.v1", RemitOrderedV1.class, TopicFamily.BALANCE, TRANSFER_OUT),
    REMITTED("balance.remitted.v1", BalanceRemittedV1.class, TopicFamily.BALANCE, SETTLEMENT),
    CREDIT_ORDERED("balance.credit-ordered.v1", CreditOrderedV1.class, TopicFamily.BALANCE, TRANSFER_IN),
    NOT_DUE("balance.not-due.v1", NotDueV1.class, TopicFamily.BALANCE, TRANSFER_IN),
    CREDITED("balance.credited.v1", CreditedV1.class, TopicFamily.BALANCE, SETTLEMENT),
    SUSPENDED("balance.suspended.v1", SuspendedV1.class, TopicFamily.BALANCE, SETTLEMENT),
    TAKEN_BACK("balance.taken-back.v1", TakenBackV1.class, TopicFamily.BALANCE, SETTLEMENT),
    PAY_OUT_ORDERED("balance.pay-out-ordered.v1", PayOutOrderedV1.class, TopicFamily.BALANCE, TRANSFER_OUT),
    PAID_OUT("balance.paid-out.v1", PaidOutV1.class, TopicFamily.BALANCE, SETTLEMENT),
    RETURNED("balance.returned.v1", ReturnedV1.class, TopicFamily.BALANCE, SETTLEMENT),

    RELATIONSHIP_TERMINATED(
            "relationship.terminated.v1", RelationshipTerminatedV1.class, TopicFamily.PARTICIPATION, TRANSFER_OUT),
    HISTORY_BOOKED("history.booked.v1", HistoryBookedV1.class, TopicFamily.PARTICIPATION, TRANSFER_IN),
    PARTICIPATION_OPENED("participation.opened.v1", ParticipationOpenedV1.class, TopicFamily.PARTICIPATION, REGISTRY),
    PARTICIPATION_SUSPENDED(
            "participation.suspended.v1", ParticipationSuspendedV1.class, TopicFamily.PARTICIPATION, REGISTRY),
    PARTICIPATION_RESUMED(
            "participation.resumed.v1", ParticipationResumedV1.class, TopicFamily.PARTICIPATION, REGISTRY),
    PERSON_MERGED("person.merged.v1", PersonMergedV1.class, TopicFamily.PARTICIPATION, REGISTRY),
    LEFT_OVER_FOUND("left-over.found.v1", LeftOverFoundV1.class, TopicFamily.PARTICIPATION, SETTLEMENT),
    ACCOUNT_LEFT("account.left.v1", AccountLeftV1.class, TopicFamily.PARTICIPATION, SETTLEMENT),
    PAY_OUT_PROGRESSED("pay-out.progressed.v1", PayOutProgressedV1.class, TopicFamily.PARTICIPATION, SETTLEMENT),

    CASE_PROGRESSED("case.progressed.v1", CaseProgressedV1.class, TopicFamily.PROGRESS, TRANSFER_IN, TRANSFER_OUT),
    DEADLINE_WARNED(
            "deadline.warned.v1", DeadlineWarnedV1.class, TopicFamily.DEADLINE, TRANSFER_IN, TRANSFER_OUT, SETTLEMENT),
    DEADLINE_MISSED(
            "deadline.missed.v1", DeadlineMissedV1.class, TopicFamily.DEADLINE, TRANSFER_IN, TRANSFER_OUT, SETTLEMENT),
    DEADLINE_ESCALATED(
            "deadline.escalated.v1",
            DeadlineEscalatedV1.class,
            TopicFamily.DEADLINE,
            TRANSFER_IN,
            TRANSFER_OUT,
            SETTLEMENT),
    DEADLINE_REVISED(
            "deadline.revised.v1",
            DeadlineRevisedV1.class,
            TopicFamily.DEADLINE,
            TRANSFER_IN,
            TRANSFER_OUT,
            SETTLEMENT),

    DEBT_RECORDED("debt.recorded.v1", DebtRecordedV1.class, TopicFamily.CLEARING, SETTLEMENT),
    QUARTER_STATED("quarter.stated.v1", QuarterStatedV1.class, TopicFamily.CLEARING, SETTLEMENT),
    CLEARING_GENERATED("clearing.generated.v1", ClearingGeneratedV1.class, TopicFamily.CLEARING, SETTLEMENT),
    PAYMENT_UP("payment.up.v1", PaymentUpV1.class, TopicFamily.CLEARING, SETTLEMENT),
    PAYMENT_DOWN("payment.down.v1", PaymentDownV1.class, TopicFamily.CLEARING, SETTLEMENT),

    REGION_LISTED("region.listed.v1", RegionListedV1.class, TopicFamily.DIRECTORY, REGISTRY),
    KEY_REGISTERED("key.registered.v1", KeyRegisteredV1.class, TopicFamily.DIRECTORY, REGISTRY),
    POLICY_DATED("policy.dated.v1", PolicyDatedV1.class, TopicFamily.DIRECTORY, REGISTRY),
    CALENDAR_PUBLISHED("calendar.published.v1", CalendarPublishedV1.class, TopicFamily.DIRECTORY, REGISTRY),
    CLOCK_MOVED("clock.moved.v1", ClockMovedV1.class, TopicFamily.DIRECTORY, REGISTRY);

    private static final Map<String, EventType> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));
    private static final Map<Class<?>, EventType> BY_RECORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::dataClass, Function.identity()));

    private final String wireName;
    private final Class<? extends EventData> dataClass;
    private final TopicFamily family;
    private final Set<ServiceName> saidBy;

    EventType(String wireName, Class<? extends EventData> dataClass, TopicFamily family, ServiceName... saidBy) {
        this.wireName = wireName;
        this.dataClass = dataClass;
        this.family = family;
        this.saidBy = Set.of(saidBy);
    }

    public static Optional<EventType> ofWireName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public static EventType of(EventData data) {
        var type = BY_RECORD.get(data.getClass());
        if (type == null) {
            throw new IllegalArgumentException(data.getClass().getSimpleName() + " is not an event type");
        }
        return type;
    }

    public String wireName() {
        return wireName;
    }

    public Class<? extends EventData> dataClass() {
        return dataClass;
    }

    public TopicFamily family() {
        return family;
    }

    /** A type may be signed only by a service that says it. */
    public boolean maySay(ServiceName service) {
        return saidBy.contains(service);
    }
}
