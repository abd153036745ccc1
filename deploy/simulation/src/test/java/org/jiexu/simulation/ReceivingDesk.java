package org.jiexu.simulation;

import java.util.List;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.Fact;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.Proof;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.transferin.kafka.Wire;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.LeftOverFoundV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** 转入 — transfer-in of one region: the real table and the real translation; ReceiveInput, Decide and CarryOut in short. */
final class ReceivingDesk extends Service {
    private static final Certificate CERTIFICATE = new Certificate(CertificateType.OTHER, "SIM0001");
    private static final Applicant APPLICANT = new Applicant("sim", "person", null, null, null);
    private static final List<CodedReason> DOUBTFUL = List.of(new CodedReason("MONTHS_DOUBTFUL", "", ""));

    private final RegionCode region;
    private final String participation;
    private final Rows<CaseNumber, CaseFile> cases;
    private final Rows<CaseNumber, Boolean> othersMoney;
    private final Rows<CaseNumber, Boolean> lacksPapers;
    private final Listed<LeftOverFoundV1> registrations;

    ReceivingDesk(World world, RegionCode region) {
        super(world, Source.of(region, ServiceName.TRANSFER_IN));
        this.region = region;
        participation = Topics.participation(region);
        cases = new Rows<>(world.undo);
        othersMoney = new Rows<>(world.undo);
        lacksPapers = new Rows<>(world.undo);
        registrations = new Listed<>(world.undo);
    }

    @Override
    List<String> topics() {
        return List.of(Topics.transfer(region), Topics.balance(region), participation);
    }

    State state(CaseNumber number) {
        var file = cases.get(number);
        return file == null ? new State.NoSuchCase() : file.state();
    }

    static boolean isEnd(State state) {
        return state instanceof State.Completed
                || state instanceof State.Withdrawn
                || state instanceof State.Declined
                || state instanceof State.Refused;
    }

    @Override
    String stateOf(CaseNumber number) {
        return state(number).toString();
    }

    /** Whether the old region was ever told of it. */
    boolean wasAccepted(CaseNumber number) {
        var file = cases.get(number);
        return file != null && file.acceptedAt() != null;
    }

    void apply(Matter matter, boolean lacking) {
        var application = new Application(
                CERTIFICATE,
                "",
                matter.from(),
                matter.fromScheme(),
                matter.to(),
                matter.toScheme(),
                Application.Cause.WORK,
                matter.automatic() ? Channel.AUTOMATIC : Channel.NATIONAL_APP,
                new Wishes(matter.wish(), true),
                Proof.at(world.now, Application.Identification.FACE, ""),
                world.now);
        lacksPapers.put(matter.number(), lacking);
        cases.put(
                matter.number(),
                CaseFile.submitted(
                        matter.number(), matter.instant() ? application.instantly() : application, APPLICANT));
    }

    /** What the check of both sides finds; papers are looked at first, as in Decide. */
    enum Found {
        ACCEPTABLE,
        MENDABLE,
        UNACCEPTABLE
    }

    void decide(Matter matter, Found found) {
        var number = matter.number();
        var before = file(number);
        boolean lacking = lacksPapers.getOrDefault(number, false);
        switch (found) {
            case UNACCEPTABLE -> act(before, new Input.FoundUnacceptable());
            case MENDABLE -> act(before, lacking ? new Input.PapersMissing() : new Input.FoundWaiting());
            case ACCEPTABLE -> {
                if (lacking) {
                    act(before, new Input.PapersMissing());
                } else {
                    var accepted =
                            before.of(world.registry.kept(matter.person())).notBefore(matter.notBefore());
                    act(accepted.acceptedAt(world.now), new Input.FoundAcceptable(world.now));
                }
            }
        }
    }

    void completePapers(CaseNumber number) {
        lacksPapers.put(number, false);
        act(file(number), new Input.PapersComplete());
    }

    /** A paper that was shown is out of date. */
    void outdate(CaseNumber number) {
        lacksPapers.put(number, true);
    }

    @Override
    void sweep() {
        super.sweep();
        for (var file : List.copyOf(cases.values())) {
            if (file.state() instanceof State.YearRunning) {
                act(file, new Input.YearEnded(world.today()));
            }
        }
    }

    void withdraw(CaseNumber number) {
        act(file(number), new Input.ApplicantWithdraws(world.now, false));
    }

    /** A clerk confirms the version that he looked at, which may be an old one. */
    void confirm(CaseNumber number, int version) {
        var file = file(number);
        var day = file.notBefore();
        boolean early = day != null && world.today().isBefore(day);
        act(file, new Input.Confirm(version, world.now, early ? day : null));
    }

    void sendBack(CaseNumber number, int version, boolean isFinal) {
        act(file(number), new Input.Return(version, DOUBTFUL, isFinal));
    }

    private void act(CaseFile file, Input input) {
        var answer = decide(file, input);
        world.story.tell(() -> self + " is asked for " + input + ": " + answer);
        if (answer instanceof Answer.Moved) {
            offerAgain(file.number().value());
        }
    }

    @Override
    Answer handle(Received received) {
        if (received.topic().equals(participation)) {
            return received.data() instanceof LeftOverFoundV1 found ? leftBehind(found) : Answer.skipped();
        }
        var number = received.caseNumber();
        if (!number.receivingRegion().equals(region)) {
            return Answer.skipped();
        }
        var input = Wire.input(received);
        if (input.isEmpty()) {
            return Answer.skipped();
        }
        var file = cases.get(number);
        if (file == null) {
            return Answer.rejected("no such case");
        }
        if (received.data() instanceof BalanceRemittedV1 remitted
                && !remitted.from().equals(file.sending())) {
            return leaveToSettlement(file);
        }
        if (!received.source().equals(Wire.speaker(file, input.get()))) {
            return Answer.quarantined("said by a region or service that has no part in the case");
        }
        var contradiction = contradiction(file, received);
        return contradiction == null ? decide(file, input.get()) : Answer.quarantined(contradiction);
    }

    /** R6.4, as in StartAutomatic: kept, and looked at afterwards. */
    private Answer leftBehind(LeftOverFoundV1 found) {
        registrations.add(found);
        return Answer.alreadyDone();
    }

    /** A balance that was found and not looked at yet; null when there is none. */
    @Nullable
    LeftOverFoundV1 nextFound() {
        if (registrations.isEmpty()) {
            return null;
        }
        var found = registrations.get(0);
        registrations.remove(0);
        return found;
    }

    /** As ReceiveInput does with money of a region that has no part in the case. */
    private Answer leaveToSettlement(CaseFile file) {
        othersMoney.put(file.number(), true);
        State.nothingDue(file.state()).ifPresent(reason -> carryOut(file, List.of(new Fact.NotDue(reason))));
        return Answer.alreadyDone();
    }

    private static @Nullable String contradiction(CaseFile file, Received received) {
        return switch (received.data()) {
            case InfoSheetIssuedV1 issued ->
                issued.amount().isPositive() == (issued.remittance() != null)
                        ? null
                        : "amount and remittance contradict each other";
            case BalanceRemittedV1 remitted ->
                remitted.from().equals(file.sending()) && remitted.amount().isPositive()
                        ? null
                        : "the money comes from another region, or is none";
            default -> null;
        };
    }

    private Answer decide(CaseFile file, Input input) {
        return switch (world.machines.in().on(file.state(), input)) {
            case Outcome.Moved(var next, var facts) -> {
                world.story.tell(() -> "     " + file.number() + " here: " + file.state() + " -> " + next);
                var moved = file.in(next);
                cases.put(file.number(), moved);
                Broken.unless(
                        !isEnd(file.state()), () -> file.number() + " left its end " + file.state() + " for " + next);
                Broken.unless(
                        !(next instanceof State.Completed)
                                || file.notBefore() == null
                                || !world.today().isBefore(file.notBefore()),
                        () -> file.number() + " is completed before its year has ended");
                switch (next) {
                    case State.Incomplete _ -> world.walked(Way.PAPERS_MISSING);
                    case State.Waiting _ -> world.walked(Way.WAITED);
                    case State.YearRunning _ -> world.walked(Way.YEAR_RUNNING);
                    default -> {}
                }
                if (file.state() instanceof State.Withdrawing && next instanceof State.Received) {
                    world.walked(Way.WITHDRAWN_TOO_LATE);
                }
                carryOut(moved, facts);
                if (othersMoney.get(file.number()) != null && facts.stream().noneMatch(Fact.NotDue.class::isInstance)) {
                    State.nothingDue(next).ifPresent(reason -> carryOut(moved, List.of(new Fact.NotDue(reason))));
                }
                yield Answer.moved();
            }
            case Outcome.AlreadyDone(var facts) -> {
                carryOut(file, facts);
                yield Answer.alreadyDone();
            }
            case Outcome.Rejected(var reason, var facts) -> {
                carryOut(file, facts);
                yield Answer.rejected(reason);
            }
            case Outcome.InConflict(var conflict) -> Answer.rejected("409 " + conflict);
            case Outcome.NotFound() -> Answer.rejected("404");
        };
    }

    private void carryOut(CaseFile file, List<Fact> facts) {
        for (var fact : facts) {
            switch (fact) {
                case Fact.LimitStarted(var kind, var from) -> startLimit(file.number(), kind, from, days(kind));
                case Fact.LimitMet(var kind) -> endLimit(file.number(), kind);
                case Fact.LimitEnded(var kind) -> endLimit(file.number(), kind);
                case Fact.Message message -> say(Wire.event(self, file, message, List.of()));
                case Fact.Happened _, Fact.WorkOpened _, Fact.WorkDone _ -> {}
            }
        }
    }

    private static int days(DeadlineKind kind) {
        return kind == DeadlineKind.PROMISE ? 15 : 5;
    }

    private CaseFile file(CaseNumber number) {
        var file = cases.get(number);
        if (file == null) {
            throw new IllegalStateException(number + " was never submitted");
        }
        return file;
    }
}
