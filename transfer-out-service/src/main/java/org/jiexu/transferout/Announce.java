package org.jiexu.transferout;

import java.time.Instant;
import java.util.List;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.time.Pause;
import org.jiexu.transferout.domain.Fact;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.State;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.PayOutOrderedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.TransferPausedV1;
import org.jiexu.wire.contract.TransferResumedV1;
import org.jiexu.wire.contract.TransferWithdrawnV1;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Facts as events: to the receiving region, to our own settlement, to the registry. */
@Component
class Announce {
    private final ServiceIdentity identity;
    private final BusinessClock clock;
    private final Deadlines deadlines;

    Announce(ServiceIdentity identity, BusinessClock clock, Deadlines deadlines) {
        this.identity = identity;
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /** In the transaction of the move, after its deadlines: a sheet's progress names them. */
    List<Event> events(OutgoingCase of, Fact fact, @Nullable SealedSheet sheet) {
        return switch (fact) {
            case Fact.HoldRequested f ->
                List.of(toSettlement(
                        of,
                        new HoldRequestedV1(
                                f.attempt(),
                                of.known().person(),
                                of.known().scheme(),
                                of.known().terms().account())));
            case Fact.ReleaseOrdered _ -> List.of(toSettlement(of, new ReleaseOrderedV1(clock.instant())));
            case Fact.SheetIssued f ->
                List.of(
                        toReceiving(of, issued(of, f, sheet)),
                        progress(
                                of,
                                f.version() == 1 ? "SHEET_ISSUED" : "SHEET_CORRECTED",
                                PublicStatus.IN_PROGRESS,
                                of.receiving()));
            case Fact.RemitOrdered f ->
                List.of(toSettlement(
                        of,
                        new RemitOrderedV1(
                                new RemittanceNumber(of.number(), f.remittance()),
                                f.amount(),
                                of.receiving(),
                                f.sheetVersion(),
                                of.isAdvanced() ? true : null)));
            case Fact.PayOutOrdered _ ->
                List.of(toSettlement(
                        of, new PayOutOrderedV1(of.known().person(), of.known().scheme())));
            case Fact.AccountPaidOut(var amount) ->
                List.of(progress(
                        of,
                        told(of, "ACCOUNT_PAID_OUT", "COMPLETED", PublicStatus.COMPLETED, null)
                                .paying(amount)));
            case Fact.CaseWithdrawn _ -> List.of(toReceiving(of, new TransferWithdrawnV1(clock.instant())));
            case Fact.CaseDeclined f -> List.of(toReceiving(of, new TransferDeclinedV1(f.reasons(), f.moneySent())));
            case Fact.RelationshipTerminated _ -> List.of(terminated(of));
        };
    }

    /** R4.6: to the receiving region, whose promise stands still too, and through the platform to the person. */
    List<Event> paused(OutgoingCase of, Pause pause) {
        return List.of(
                toReceiving(of, new TransferPausedV1(pause.id(), pause.reason(), pause.from())),
                beforeTheSheet(of, "PAUSED"));
    }

    List<Event> resumed(OutgoingCase of, String pause, Instant at) {
        return List.of(toReceiving(of, new TransferResumedV1(pause, at)), beforeTheSheet(of, "RESUMED"));
    }

    /** Where a move tells people of itself, only the receiving region has to hear that the clock runs. */
    Event runsAgain(OutgoingCase of, String pause, Instant at) {
        return toReceiving(of, new TransferResumedV1(pause, at));
    }

    private Event beforeTheSheet(OutgoingCase of, String step) {
        var returned = of.state() instanceof State.Returned;
        return progress(
                of,
                step,
                returned ? "RETURNED" : "ACCEPTED",
                returned ? PublicStatus.IN_PROGRESS : PublicStatus.ACCEPTED,
                of.sending());
    }

    /** What the receiving region is told of that sheet. */
    static InfoSheetIssuedV1 issued(OutgoingCase of, Fact.SheetIssued fact, @Nullable SealedSheet sheet) {
        if (sheet == null) {
            throw new IllegalStateException("a sheet of " + of.number() + " was to be issued without its text");
        }
        return new InfoSheetIssuedV1(
                fact.version(),
                sheet.text(),
                sheet.keyId(),
                sheet.seal(),
                fact.amount(),
                fact.remittance() == 0 ? null : new RemittanceNumber(of.number(), fact.remittance()));
    }

    private Event progress(OutgoingCase of, String step, PublicStatus status, @Nullable RegionCode holder) {
        return progress(of, step, status == PublicStatus.COMPLETED ? "COMPLETED" : "ISSUED", status, holder);
    }

    private Event progress(
            OutgoingCase of, String step, String state, PublicStatus status, @Nullable RegionCode holder) {
        return progress(of, told(of, step, state, status, holder));
    }

    private Event progress(OutgoingCase of, CaseProgressedV1 told) {
        return Event.progress(identity.source(of.sending()), of.number(), told);
    }

    private CaseProgressedV1 told(
            OutgoingCase of, String step, String state, PublicStatus status, @Nullable RegionCode holder) {
        var relationship = of.known();
        var ours = deadlines.of(of.number().value()).stream()
                .filter(row -> row.kind() == DeadlineKind.ISSUE || row.kind() == DeadlineKind.CORRECT)
                .map(DeadlineView::onTheWire)
                .toList();
        return new CaseProgressedV1(
                of.number(),
                relationship.person(),
                of.sending(),
                of.receiving(),
                relationship.scheme(),
                relationship.toScheme(),
                step,
                state,
                status,
                holder,
                clock.instant(),
                ours);
    }

    /** 43号 Art. 13: the old relationship ends by itself on completion. */
    private Event terminated(OutgoingCase of) {
        var relationship = of.known();
        return Event.participation(
                identity.source(of.sending()),
                of.sending(),
                relationship.person().value(),
                new RelationshipTerminatedV1(
                        of.number(), relationship.person(), of.sending(), relationship.scheme(), clock.instant()));
    }

    private Event toReceiving(OutgoingCase of, EventData data) {
        return Event.transfer(identity.source(of.sending()), of.receiving(), of.number(), data);
    }

    private Event toSettlement(OutgoingCase of, EventData data) {
        return Event.balance(identity.source(of.sending()), of.sending(), of.number(), data);
    }
}
