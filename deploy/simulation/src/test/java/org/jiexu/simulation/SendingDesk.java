package org.jiexu.simulation;

import java.util.List;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.Fact;
import org.jiexu.transferout.domain.Input;
import org.jiexu.transferout.domain.Outcome;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.OutgoingCase.Relationship;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Terms;
import org.jiexu.transferout.kafka.Wire;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.ParticipationResumedV1;
import org.jiexu.wire.contract.PayOutOrderedV1;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.TransferWithdrawnV1;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** 转出 — transfer-out of one region: the real table and the real checks; ReceiveInput, MoveCase and Announce in short. */
final class SendingDesk extends Service {
    private static final Bytes SEAL = Bytes.of(new byte[0]);

    private static final State NO_CASE = new State.NoCase();

    private final RegionCode region;
    private final String participation;
    private final Rows<CaseNumber, OutgoingCase> cases;
    private final Rows<CaseNumber, Boolean> issued;
    private final Rows<CaseNumber, Boolean> moneyAlone;

    SendingDesk(World world, RegionCode region) {
        super(world, Source.of(region, ServiceName.TRANSFER_OUT));
        this.region = region;
        participation = Topics.participation(region);
        cases = new Rows<>(world.undo);
        issued = new Rows<>(world.undo);
        moneyAlone = new Rows<>(world.undo);
    }

    @Override
    List<String> topics() {
        return List.of(Topics.transfer(region), Topics.balance(region), participation);
    }

    State state(CaseNumber number) {
        var found = cases.get(number);
        return found == null ? NO_CASE : found.state();
    }

    State.Name name(CaseNumber number) {
        return state(number).name();
    }

    /** What was sent has come back and waits to be sent again. */
    boolean hasMoneyBack(CaseNumber number) {
        return state(number) instanceof State.Issued s && s.moneyCameBack();
    }

    /** The months had gone before the sheet was issued, and it stated money. */
    boolean hasSentMoneyAlone(CaseNumber number) {
        return moneyAlone.get(number) != null;
    }

    static boolean isEnd(State state) {
        return state instanceof State.Completed || state instanceof State.Withdrawn || state instanceof State.Declined;
    }

    @Override
    String stateOf(CaseNumber number) {
        return state(number).toString();
    }

    private OutgoingCase known(CaseNumber number) {
        return cases.getOrDefault(number, OutgoingCase.unknown(number, region));
    }

    /** In some worlds' cases the history is longer than a sheet that readers take; the same in every run of a seed. */
    static boolean isTooLarge(CaseNumber number) {
        return Math.floorMod(number.value().hashCode(), 16) == 0;
    }

    /** How a declined case came to its end. */
    Way declined(CaseNumber number) {
        if (state(number) instanceof State.Declined d && d.reasons().contains(DeclineReasons.SHEET_TOO_LARGE)) {
            return Way.SHEET_TOO_LARGE;
        }
        if (state(number) instanceof State.Declined d
                && d.reasons().stream().anyMatch(reason -> reason.code().equals("OPEN_TRANSFER"))) {
            return Way.SECOND_CASE;
        }
        return issued.get(number) == null ? Way.DECLINED_BEFORE_THE_SHEET : Way.DECLINED_AFTER_THE_SHEET;
    }

    /** A clerk's wish; issuing and correcting take the newest rows along, as the sheet's worker does. */
    void wish(CaseNumber number, Input.Wish asked) {
        var wish = sealable(number, asked);
        var answer = decide(known(number), wish);
        world.story.tell(() -> self + " is asked for " + wish + ": " + answer);
        if (answer instanceof Answer.Moved) {
            offerAgain(number.value());
        }
    }

    /** What the sheet's worker makes of the wish: a sheet that cannot travel, or says nothing, declines its case. */
    private Input.Wish sealable(CaseNumber number, Input.Wish wish) {
        boolean nothing = wish instanceof Input.Issue
                && state(number) instanceof State.Held held
                && held.amount().isZero()
                && !hasMonths(known(number).known());
        if (nothing) {
            return new Input.Decline(List.of(DeclineReasons.NOTHING_TO_TRANSFER));
        }
        boolean needsSheet = wish instanceof Input.Issue || wish instanceof Input.Correct;
        return needsSheet && isTooLarge(number) && world.machines.out().on(state(number), wish) instanceof Outcome.Moved
                ? new Input.Decline(List.of(DeclineReasons.SHEET_TOO_LARGE))
                : wish;
    }

    private boolean hasMonths(Relationship of) {
        return world.registry.hasMonths(of.person(), region, of.scheme());
    }

    @Override
    Answer handle(Received received) {
        if (received.data() instanceof ParticipationResumedV1 data) {
            return resumed(data);
        }
        if (received.topic().equals(participation)) {
            return Answer.skipped();
        }
        if (!Wire.isForOldRegion(received, region) || !Wire.isInput(received)) {
            return Answer.skipped();
        }
        var contradiction = Wire.contradiction(received, region);
        if (contradiction.isPresent()) {
            return Answer.quarantined(contradiction.get());
        }
        var current = known(received.caseNumber());
        return switch (received.data()) {
            case TransferAcceptedV1 data -> accepted(current, data);
            case TransferCompletedV1 data ->
                decide(current, new Input.CaseCompleted(data.version(), data.credited(), account(current)));
            default -> decide(current, Wire.input(received).orElseThrow());
        };
    }

    private static AccountWish account(OutgoingCase current) {
        var known = current.relationship();
        return known == null ? AccountWish.MOVES : known.terms().account();
    }

    private Answer accepted(OutgoingCase current, TransferAcceptedV1 data) {
        var relationship = new Relationship(
                data.person(),
                data.fromScheme(),
                data.toScheme(),
                data.acceptedAt(),
                Terms.of(
                        data.fromScheme(),
                        data.toScheme(),
                        data.accountWish(),
                        data.isInstant(),
                        world.faults.accountLeft()));
        if (current.relationship() != null && !current.relationship().saysTheSameAs(relationship)) {
            return Answer.quarantined("the number was accepted before with other content");
        }
        if (current.version() > 0) {
            return decide(current, new Input.Accepted(null));
        }
        var other = open(data.person(), data.fromScheme());
        return decide(current.accepted(relationship), new Input.Accepted(other == null ? null : other.number()));
    }

    /** R1.6: the unique index over open cases. */
    private @Nullable OutgoingCase open(PersonId person, Scheme scheme) {
        for (var one : cases.values()) {
            var what = one.relationship();
            if (what != null && what.person().equals(person) && what.scheme() == scheme && !isEnd(one.state())) {
                return one;
            }
        }
        return null;
    }

    private Answer resumed(ParticipationResumedV1 data) {
        var open = open(data.person(), data.scheme());
        if (open == null) {
            return Answer.alreadyDone();
        }
        var answer = decide(open, new Input.ParticipationResumed());
        if (answer instanceof Answer.Moved) {
            offerAgain(open.number().value());
        }
        return answer;
    }

    private Answer decide(OutgoingCase current, Input input) {
        return switch (world.machines.out().on(current.state(), input)) {
            case Outcome.Moved(var next, var facts) -> {
                world.story.tell(() -> "     " + current.number() + " here: " + current.state() + " -> " + next);
                cases.put(
                        current.number(),
                        new OutgoingCase(
                                current.number(), region, current.relationship(), next, current.version() + 1));
                Broken.unless(
                        !isEnd(current.state()) || current.state().name() == next.name(),
                        () -> current.number() + " left its end " + current.state() + " for " + next);
                changeLimits(current, next);
                facts.forEach(fact -> tell(current, fact));
                yield Answer.moved();
            }
            case Outcome.AlreadyDone _ -> Answer.alreadyDone();
            case Outcome.Noted _ -> Answer.alreadyDone();
            case Outcome.Rejected(var why) -> Answer.rejected(why);
            case Outcome.Conflict(var obstacle) -> Answer.rejected("409 " + obstacle);
            case Outcome.NoSuchCase _ -> Answer.rejected("404");
        };
    }

    private void changeLimits(OutgoingCase before, State next) {
        var number = before.number();
        switch (next) {
            case State.Holding _ -> {
                if (before.state() instanceof State.NoCase) {
                    startLimit(number, DeadlineKind.ISSUE, before.known().acceptedAt(), 10);
                }
            }
            case State.Issued _ -> {
                issued.put(number, true);
                if (!hasMonths(before.known())) {
                    moneyAlone.put(number, true);
                }
                if (before.state() instanceof State.Held) {
                    endLimit(number, DeadlineKind.ISSUE);
                } else if (before.state() instanceof State.Returned) {
                    endLimit(number, DeadlineKind.CORRECT);
                }
            }
            case State.Returned _ -> {
                if (before.state() instanceof State.Issued) {
                    startLimit(number, DeadlineKind.CORRECT, world.now, 5);
                }
            }
            case State.Withdrawn _, State.Declined _ -> {
                endLimit(number, DeadlineKind.ISSUE);
                endLimit(number, DeadlineKind.CORRECT);
            }
            case State.NoCase _, State.HoldRefused _, State.Held _, State.Completed _ -> {}
        }
    }

    private void tell(OutgoingCase of, Fact fact) {
        if (fact instanceof Fact.AccountPaidOut) {
            world.walked(Way.PAID_OUT);
        } else {
            say(event(of, fact));
        }
    }

    private Event event(OutgoingCase of, Fact fact) {
        return switch (fact) {
            case Fact.AccountPaidOut _ -> throw new IllegalArgumentException("told to people only");
            case Fact.PayOutOrdered _ ->
                toSettlement(
                        of, new PayOutOrderedV1(of.known().person(), of.known().scheme()));
            case Fact.HoldRequested f ->
                toSettlement(
                        of,
                        new HoldRequestedV1(
                                f.attempt(), of.known().person(), of.known().scheme(), account(of)));
            case Fact.ReleaseOrdered _ -> toSettlement(of, new ReleaseOrderedV1(world.now));
            case Fact.SheetIssued f -> toReceiving(of, sheet(of, f));
            case Fact.RemitOrdered f ->
                toSettlement(
                        of,
                        new RemitOrderedV1(
                                new RemittanceNumber(of.number(), f.remittance()),
                                f.amount(),
                                of.receiving(),
                                f.sheetVersion(),
                                of.isAdvanced() ? true : null));
            case Fact.CaseWithdrawn _ -> toReceiving(of, new TransferWithdrawnV1(world.now));
            case Fact.CaseDeclined f -> toReceiving(of, new TransferDeclinedV1(f.reasons(), f.moneySent()));
            case Fact.RelationshipTerminated _ ->
                Event.participation(
                        self,
                        region,
                        of.known().person().value(),
                        new RelationshipTerminatedV1(
                                of.number(),
                                of.known().person(),
                                region,
                                of.known().scheme(),
                                world.now));
        };
    }

    private static InfoSheetIssuedV1 sheet(OutgoingCase of, Fact.SheetIssued fact) {
        return new InfoSheetIssuedV1(
                fact.version(),
                of.number() + " v" + fact.version() + " " + fact.amount(),
                "",
                SEAL,
                fact.amount(),
                fact.remittance() == 0 ? null : new RemittanceNumber(of.number(), fact.remittance()));
    }

    private Event toReceiving(OutgoingCase of, EventData data) {
        return Event.transfer(self, of.receiving(), of.number(), data);
    }

    private Event toSettlement(OutgoingCase of, EventData data) {
        return Event.balance(self, region, of.number(), data);
    }

    static Input.Wish decline() {
        return new Input.Decline(List.of(DeclineReasons.RESUMED));
    }
}
