package org.jiexu.settlement.clearing;

import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.wire.contract.ClearingGeneratedV1;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.PaymentDownV1;
import org.jiexu.wire.contract.PaymentUpV1;
import org.jiexu.wire.contract.QuarterStatedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;

/** One message on a province's clearing topic: its centre acts on it, or the regions hosted here, or both. */
@Component
public class HearClearing {
    private final HearAsCentre centre;
    private final HearAsRegion region;
    private final Clearers clearers;

    HearClearing(HearAsCentre centre, HearAsRegion region, Clearers clearers) {
        this.centre = centre;
        this.region = region;
        this.clearers = clearers;
    }

    /** {@code province} is that of the topic. */
    public Answer handle(RegionCode province, Received received) {
        return switch (received.data()) {
            case DebtRecordedV1 said -> debt(province, received, said);
            case QuarterStatedV1 said ->
                Clearers.settlementOf(said.region()).equals(received.source()) && isMember(province, said.region())
                        ? ifCentre(province, () -> centre.stated(province, said))
                        : Answer.quarantined("a region states only its own quarters, to its own province");
            case ClearingGeneratedV1 said ->
                Clearers.settlementOf(province).equals(received.source())
                        ? region.generated(province, said)
                        : Answer.quarantined("only the province's centre makes its table");
            case PaymentUpV1 said ->
                Clearers.settlementOf(said.region()).equals(received.source())
                        ? ifCentre(province, () -> centre.paidUp(province, said))
                        : Answer.quarantined("a region pays up only for itself");
            case PaymentDownV1 said ->
                Clearers.settlementOf(province).equals(received.source()) && isMember(province, said.region())
                        ? region.paidDown(said)
                        : Answer.quarantined("only the province's centre pays down, and only to its own regions");
            default -> Answer.quarantined("not a type of the clearing topics");
        };
    }

    private Answer debt(RegionCode province, Received received, DebtRecordedV1 said) {
        boolean together = isMember(province, said.debtor()) && isMember(province, said.creditor());
        var fault = Debts.fault(said, received.source(), together);
        if (fault.isPresent()) {
            return Answer.quarantined(fault.get());
        }
        var first = ifCentre(province, () -> centre.debt(province, said.withoutGround()));
        return switch (first) {
            case Answer.Quarantined _, Answer.Rejected _ -> first;
            case Answer.Moved _, Answer.AlreadyDone _, Answer.Skipped _ -> {
                var second = region.corrected(said);
                yield second instanceof Answer.Skipped || (second instanceof Answer.AlreadyDone && isMove(first))
                        ? first
                        : second;
            }
        };
    }

    private static boolean isMove(Answer answer) {
        return answer instanceof Answer.Moved;
    }

    private boolean isMember(RegionCode province, RegionCode region) {
        return clearers.provinceOf(region).equals(province) && !region.equals(province);
    }

    private Answer ifCentre(RegionCode province, java.util.function.Supplier<Answer> act) {
        return clearers.isCentre(province) ? act.get() : Answer.skipped();
    }
}
