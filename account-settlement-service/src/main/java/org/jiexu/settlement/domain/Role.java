package org.jiexu.settlement.domain;

import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** 角色 — which side of a case acts on a message here, if any (protocol.md §1 "Who acts"), and whether its sender may say it. */
public sealed interface Role {
    /** SA acts, if {@code onlyIfKnown} only when the case is known to it. */
    record Sending(boolean onlyIfKnown) implements Role {}

    record Receiving() implements Role {}

    /** Not for settlement here: the offset moves, nothing else. */
    record Nobody() implements Role {}

    /** The sender may not say this: quarantine. */
    record Hostile(String reason) implements Role {}

    /** {@code region} is the region of the balance topic on which the message stands. */
    static Role of(RegionCode region, Source source, CaseNumber number, EventData data) {
        boolean weReceive = number.receivingRegion().equals(region);
        return switch (EventType.of(data)) {
            case HOLD_REQUESTED, RELEASE_ORDERED, PAY_OUT_ORDERED ->
                isFrom(source, region, ServiceName.TRANSFER_OUT)
                        ? new Sending(false)
                        : new Hostile("only this region's transfer-out orders its money");
            case REMIT_ORDERED -> {
                var order = (RemitOrderedV1) data;
                if (!isFrom(source, region, ServiceName.TRANSFER_OUT)) {
                    yield new Hostile("only this region's transfer-out orders its money");
                }
                yield order.to().equals(number.receivingRegion()) && isOf(order.remittance(), number)
                        ? new Sending(false)
                        : new Hostile("the order names another case or region");
            }
            case CREDITED -> credited(source, number, (CreditedV1) data, weReceive);
            case RETURNED -> sending(source, number, ((ReturnedV1) data).remittance(), false);
            case REMITTED -> weReceive ? arrival(source, number, (BalanceRemittedV1) data) : new Nobody();
            case CREDIT_ORDERED, NOT_DUE -> {
                if (!weReceive) {
                    yield new Nobody();
                }
                yield isFrom(source, region, ServiceName.TRANSFER_IN)
                        ? new Receiving()
                        : new Hostile("only this region's transfer-in says what is due");
            }
            case HELD, HOLD_REFUSED, SUSPENDED, TAKEN_BACK, PAID_OUT -> new Nobody();
            case TRANSFER_ACCEPTED,
                    WITHDRAWAL_REQUESTED,
                    TRANSFER_WITHDRAWN,
                    TRANSFER_DECLINED,
                    INFO_SHEET_ISSUED,
                    INFO_SHEET_RETURNED,
                    CONTACT_LETTER_ISSUED,
                    TRANSFER_REMINDED,
                    REMINDER_ANSWERED,
                    TRANSFER_PAUSED,
                    TRANSFER_RESUMED,
                    TRANSFER_SUPPLEMENTED,
                    TRANSFER_COMPLETED,
                    RELATIONSHIP_TERMINATED,
                    HISTORY_BOOKED,
                    PARTICIPATION_OPENED,
                    PARTICIPATION_SUSPENDED,
                    PARTICIPATION_RESUMED,
                    PERSON_MERGED,
                    LEFT_OVER_FOUND,
                    ACCOUNT_LEFT,
                    PAY_OUT_PROGRESSED,
                    CASE_PROGRESSED,
                    DEADLINE_WARNED,
                    DEADLINE_MISSED,
                    DEADLINE_ESCALATED,
                    DEADLINE_REVISED,
                    DEBT_RECORDED,
                    QUARTER_STATED,
                    CLEARING_GENERATED,
                    PAYMENT_UP,
                    PAYMENT_DOWN,
                    REGION_LISTED,
                    KEY_REGISTERED,
                    POLICY_DATED,
                    CALENDAR_PUBLISHED,
                    CLOCK_MOVED -> new Hostile("not a type of the balance topics");
        };
    }

    /**
     * What the receiving region's settlement tells the old region's. A {@code credited} on the receiving region's own
     * topic is for transfer-in, unless the case stays within one region, which then knows its sending half.
     */
    private static Role sending(Source source, CaseNumber number, RemittanceNumber rn, boolean ownEcho) {
        if (!isFrom(source, number.receivingRegion(), ServiceName.SETTLEMENT)) {
            return new Hostile("only the receiving region's settlement says what became of the money");
        }
        if (!isOf(rn, number)) {
            return new Hostile("the remittance belongs to another case");
        }
        return new Sending(ownEcho);
    }

    /** What was matched by hand to another case is, in that case, for transfer-in alone (R3.2). */
    private static Role credited(Source source, CaseNumber number, CreditedV1 data, boolean weReceive) {
        return weReceive
                        && number.equals(data.matchedTo())
                        && isFrom(source, number.receivingRegion(), ServiceName.SETTLEMENT)
                ? new Nobody()
                : sending(source, number, data.remittance(), weReceive);
    }

    private static Role arrival(Source source, CaseNumber number, BalanceRemittedV1 data) {
        if (!isFrom(source, data.from(), ServiceName.SETTLEMENT)) {
            return new Hostile("a region remits only its own money");
        }
        if (!isOf(data.remittance(), number)) {
            return new Hostile("the remittance belongs to another case");
        }
        return data.amount().isPositive() ? new Receiving() : new Hostile("only a positive amount can arrive");
    }

    private static boolean isFrom(Source source, RegionCode region, ServiceName service) {
        return source.equals(Source.of(region, service));
    }

    private static boolean isOf(RemittanceNumber rn, CaseNumber number) {
        return rn.caseNumber().equals(number);
    }
}
