package org.jiexu.settlement;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.EventHandler;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.inbox.Subscription;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.clearing.Clearers;
import org.jiexu.settlement.clearing.HearClearing;
import org.jiexu.settlement.domain.Account.Standing;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Outcome;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.Role;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.settlement.postgres.LeftBalanceStore;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditOrderedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.PayOutOrderedV1;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.springframework.stereotype.Component;

/**
 * One message on a balance topic of a hosted region: who acts on it, what the table says, what follows. Those on a
 * clearing topic go to {@link HearClearing}, merged persons to {@link JoinAccounts}.
 */
@Component
public class ReceiveInput implements EventHandler {
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.HOLD_REQUESTED,
            EventType.RELEASE_ORDERED,
            EventType.PAY_OUT_ORDERED,
            EventType.REMIT_ORDERED,
            EventType.CREDITED,
            EventType.RETURNED,
            EventType.REMITTED,
            EventType.CREDIT_ORDERED,
            EventType.NOT_DUE,
            EventType.PERSON_MERGED,
            EventType.DEBT_RECORDED,
            EventType.QUARTER_STATED,
            EventType.CLEARING_GENERATED,
            EventType.PAYMENT_UP,
            EventType.PAYMENT_DOWN);

    private final Clearers clearers;
    private final HearClearing hearClearing;
    private final CaseStore cases;
    private final LedgerStore ledger;
    private final LeftBalanceStore left;
    private final JoinAccounts joinAccounts;
    private final CarryOut carryOut;
    private final Directory directory;
    private final BusinessClock clock;

    ReceiveInput(
            Clearers clearers,
            HearClearing hearClearing,
            CaseStore cases,
            LedgerStore ledger,
            LeftBalanceStore left,
            JoinAccounts joinAccounts,
            CarryOut carryOut,
            Directory directory,
            BusinessClock clock) {
        this.clearers = clearers;
        this.hearClearing = hearClearing;
        this.cases = cases;
        this.ledger = ledger;
        this.left = left;
        this.joinAccounts = joinAccounts;
        this.carryOut = carryOut;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Subscription subscription() {
        return Subscription.of(Stream.concat(
                        clearers.regions().stream()
                                .flatMap(region -> Stream.of(Topics.balance(region), Topics.participation(region))),
                        clearers.provinces().stream().map(Topics::clearing))
                .toList());
    }

    @Override
    public boolean hears(EventType type) {
        return HEARD.contains(type);
    }

    @Override
    public Answer handle(Received received) {
        var region = received.topicRegion();
        if (region != null && received.type().family() == TopicFamily.CLEARING) {
            return hearClearing.handle(region, received);
        }
        if (region == null || !clearers.hosts(region)) {
            return Answer.skipped();
        }
        if (received.type().family() == TopicFamily.PARTICIPATION) {
            return received.data() instanceof PersonMergedV1 said
                    ? joinAccounts.merged(received, said, region)
                    : Answer.skipped();
        }
        return switch (Role.of(region, received.source(), received.caseNumber(), received.data())) {
            case Role.Sending(boolean onlyIfKnown) ->
                isAcrossProvinces(region, received.data()) ? acrossProvinces() : send(region, received, onlyIfKnown);
            case Role.Receiving _ ->
                isAcrossProvinces(region, received.data()) ? acrossProvinces() : receive(region, received);
            case Role.Nobody _ -> Answer.skipped();
            case Role.Hostile(var reason) -> Answer.quarantined(reason);
        };
    }

    /** R6.5, R6.7: what is advanced is cleared inside one province; between two of them there is nobody to clear it. */
    private boolean isAcrossProvinces(RegionCode region, EventData data) {
        return switch (data) {
            case RemitOrderedV1 e -> e.isAdvance() && !clearTogether(region, e.to());
            case BalanceRemittedV1 e -> e.isAdvance() && !clearTogether(region, e.from());
            default -> false;
        };
    }

    private boolean clearTogether(RegionCode one, RegionCode other) {
        return !one.equals(other) && directory.provinceOf(one).equals(directory.provinceOf(other));
    }

    private static Answer acrossProvinces() {
        return Answer.quarantined("money is advanced only between two regions of one province");
    }

    private Answer send(RegionCode region, Received received, boolean onlyIfKnown) {
        var at = new SendingCase.Subject(region, received.caseNumber());
        var state = cases.lock(at);
        if (onlyIfKnown && state instanceof SendingCase.State.None) {
            return Answer.skipped();
        }
        // R7.6: what a correction has given back to the person does not come home a second time.
        if (received.data() instanceof ReturnedV1 returned
                && ledger.posting(region, Debts.correctionPosting(returned.remittance()))
                        .isPresent()) {
            return Answer.quarantined("this advance was given back by a correction");
        }
        return switch (SendingCase.on(at, state, sendingInput(region, received.data()))) {
            case Outcome.Moved(var next, var facts) -> {
                cases.save(at, next, clock.instant());
                carryOut.all(region, at.number(), facts, received.id());
                follow(at, state, next, received.data());
                yield Answer.moved();
            }
            case Outcome.AlreadyDone<SendingCase.State> _ -> Answer.alreadyDone();
            case Outcome.Rejected<SendingCase.State>(var reason) -> Answer.rejected(reason);
            case Outcome.Conflict<SendingCase.State>(var reason) -> Answer.quarantined(reason);
        };
    }

    /** R2.10: an account that nothing is held on is followed too, for what comes later; a hold has seen to it itself. */
    private void follow(SendingCase.Subject at, SendingCase.State before, SendingCase.State next, EventData data) {
        if (next instanceof SendingCase.State.Empty
                && data instanceof HoldRequestedV1 asked
                && asked.scheme() == Scheme.EMPLOYEE) {
            var account = new AccountKey.Personal(at.region(), joinAccounts.now(at.region(), asked.person()));
            if (asked.accountWish() == AccountWish.STAYS) {
                left.stays(account, at.number());
            } else {
                left.follow(account);
            }
        }
        if (before instanceof SendingCase.State.Empty && next instanceof SendingCase.State.Released) {
            left.unchoose(at.region(), at.number());
        }
    }

    private Answer receive(RegionCode region, Received received) {
        if (received.data() instanceof CreditOrderedV1 order && order.scheme() != Scheme.EMPLOYEE) {
            return Answer.quarantined("only the employee scheme has personal accounts");
        }
        var before = cases.lock(received.caseNumber());
        return switch (before.on(receivingInput(received.data()))) {
            case Outcome.Moved(var after, var facts) -> {
                cases.save(before, after, clock.instant());
                carryOut.all(region, before.number(), facts, received.id());
                yield Answer.moved();
            }
            case Outcome.AlreadyDone<ReceivingCase> _ -> Answer.alreadyDone();
            case Outcome.Rejected<ReceivingCase>(var reason) -> Answer.rejected(reason);
            case Outcome.Conflict<ReceivingCase>(var reason) -> Answer.quarantined(reason);
        };
    }

    private SendingCase.Input sendingInput(RegionCode region, EventData data) {
        return switch (data) {
            case HoldRequestedV1 e -> {
                var person = joinAccounts.now(region, e.person());
                yield new SendingCase.Input.HoldRequested(
                        e.attempt(), person, standing(region, e.scheme(), person), e.accountWish());
            }
            case PayOutOrderedV1 e -> {
                var person = joinAccounts.now(region, e.person());
                yield new SendingCase.Input.PayOutOrdered(person, isStopped(region, person));
            }
            case ReleaseOrderedV1 _ -> new SendingCase.Input.ReleaseOrdered();
            case RemitOrderedV1 e ->
                new SendingCase.Input.RemitOrdered(e.remittance().n(), e.amount(), Route.ofAdvance(e.isAdvance()));
            case CreditedV1 e -> new SendingCase.Input.Credited(e.remittance().n(), e.amount());
            case ReturnedV1 e -> new SendingCase.Input.Returned(e.remittance().n(), e.amount(), e.caseOpen());
            default ->
                throw new IllegalArgumentException(data.getClass().getSimpleName() + " is not for the old region");
        };
    }

    /** Only the employee scheme has personal accounts; no account is the same as nothing on it. */
    private Standing standing(RegionCode region, Scheme scheme, PersonId person) {
        return scheme == Scheme.EMPLOYEE ? joinAccounts.standing(region, person) : new Standing.Nothing();
    }

    private boolean isStopped(RegionCode region, PersonId person) {
        return ledger.lock(new AccountKey.Personal(region, person))
                .map(account -> account.stop() != null)
                .orElse(false);
    }

    private static ReceivingCase.Input receivingInput(EventData data) {
        return switch (data) {
            case BalanceRemittedV1 e ->
                new ReceivingCase.Input.Remitted(
                        e.remittance().n(), e.amount(), e.from(), Route.ofAdvance(e.isAdvance()));
            case CreditOrderedV1 e -> new ReceivingCase.Input.CreditOrdered(e.person(), e.amount(), e.from());
            case NotDueV1 e -> new ReceivingCase.Input.NotDue(e.reason(), e.from());
            default ->
                throw new IllegalArgumentException(
                        data.getClass().getSimpleName() + " is not for the receiving region");
        };
    }
}
