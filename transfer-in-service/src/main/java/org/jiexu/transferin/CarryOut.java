package org.jiexu.transferin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.time.Term;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.Fact;
import org.jiexu.transferin.domain.Outcome.Moved;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.transferin.kafka.Wire;
import org.jiexu.transferin.postgres.AutomaticTransferStore;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.OthersMoneyStore;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes what a move brings, in the transaction of whoever decided it: state, limits, steps, work and messages. */
@Component
public class CarryOut {
    /** The names of this region's pauses begin with it; the old region's do not. */
    static final String OUR_PAUSE = "IN-";

    private final CaseStore cases;
    private final ProgressStore progress;
    private final AutomaticTransferStore registrations;
    private final Deadlines deadlines;
    private final Policies policies;
    private final OldRegionLimits oldRegion;
    private final Deliver deliver;
    private final IssuePaper issuePaper;
    private final Outbox outbox;
    private final OthersMoneyStore othersMoney;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public CarryOut(
            CaseStore cases,
            ProgressStore progress,
            AutomaticTransferStore registrations,
            Deadlines deadlines,
            Policies policies,
            OldRegionLimits oldRegion,
            Deliver deliver,
            IssuePaper issuePaper,
            Outbox outbox,
            OthersMoneyStore othersMoney,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.cases = cases;
        this.progress = progress;
        this.registrations = registrations;
        this.deadlines = deadlines;
        this.policies = policies;
        this.oldRegion = oldRegion;
        this.deliver = deliver;
        this.issuePaper = issuePaper;
        this.outbox = outbox;
        this.othersMoney = othersMoney;
        this.identity = identity;
        this.clock = clock;
    }

    /** The case moves; {@code cause} is the id of the message that moved it. */
    public CaseFile move(CaseFile file, Moved moved, @Nullable String cause) {
        var next = cases.save(file.in(moved.next()));
        if (goesOn(next.state())) {
            resumeOurs(next, clock.instant());
        }
        endAutomatic(next);
        carryOut(next, moved.facts(), cause);
        sendOthersMoneyBack(next, moved.facts(), cause);
        return next;
    }

    /** What a region without a part has sent under this number must not wait for an order that never comes. */
    private void sendOthersMoneyBack(CaseFile file, List<Fact> facts, @Nullable String cause) {
        State.nothingDue(file.state())
                .filter(reason -> facts.stream().noneMatch(Fact.NotDue.class::isInstance))
                .filter(reason -> othersMoney.isNoted(file.number()))
                .ifPresent(reason -> carryOut(file, List.of(new Fact.NotDue(reason)), cause));
    }

    /** R4.6: whoever goes on with the case waits for the applicant no more. */
    private static boolean goesOn(State.Case next) {
        return switch (next) {
            case State.Submitted _,
                    State.Incomplete _,
                    State.Waiting _,
                    State.Accepted _,
                    State.Withdrawing _,
                    State.Received _ -> false;
            case State.Returned _,
                    State.Booked _,
                    State.YearRunning _,
                    State.Refused _,
                    State.Completed _,
                    State.Withdrawn _,
                    State.Declined _ -> true;
        };
    }

    /** The clock that stands still for what this region has asked of the applicant runs again; false when it ran. */
    boolean resumeOurs(CaseFile file, Instant at) {
        var resumed = false;
        for (var pause : deadlines.pauses(file.number().value())) {
            if (pause.id().startsWith(OUR_PAUSE)
                    && deadlines.resume(file.number().value(), pause.id(), at)) {
                progress.happened(file.number(), new TakenStep(Step.RESUMED, pause.id(), file.holder(), at));
                resumed = true;
            }
        }
        return resumed;
    }

    /** R6.1: what a registration has brought about ends with its case. */
    private void endAutomatic(CaseFile file) {
        var person = file.person();
        if (person != null
                && file.application().channel() == Channel.AUTOMATIC
                && State.holder(file.state()) == State.Holder.NOBODY) {
            registrations.ended(person, file.number(), file.state() instanceof State.Completed);
        }
    }

    /** The state stays, and these facts hold all the same. */
    public void note(CaseFile file, List<Fact> facts, @Nullable String cause) {
        carryOut(file, facts, cause);
    }

    /** Money is on its way for a number that nobody here knows: settlement must not wait for its sheet. */
    public void sayNotDue(CaseNumber number, NotDueReason reason, @Nullable String cause) {
        outbox.append(Wire.notDue(identity.source(number.receivingRegion()), number, reason, null)
                .causedBy(cause));
    }

    private void carryOut(CaseFile file, List<Fact> facts, @Nullable String cause) {
        var at = clock.instant();
        var happened = new ArrayList<Step>();
        var steps = new ArrayList<TakenStep>();
        for (var fact : facts) {
            switch (fact) {
                case Fact.LimitStarted(var kind, var from) ->
                    deadlines.start(file.number().value(), kind, file.receiving(), from, workingDays(kind, file));
                case Fact.LimitMet(var kind) -> deadlines.met(file.number().value(), kind, at);
                case Fact.LimitEnded(var kind) -> deadlines.cancel(file.number().value(), kind);
                case Fact.Happened(var step, var detail) -> {
                    steps.add(new TakenStep(step, detail, file.holder(), at));
                    happened.add(step);
                }
                case Fact.WorkOpened(var work) -> progress.open(file.receiving(), file.number(), work, at);
                case Fact.WorkDone(var work) -> progress.done(file.number(), work, at);
                case Fact.Message message -> {
                    // A letter that goes out with it is a later step.
                    write(file, steps);
                    deliver.deliver(file, message, at, cause);
                }
            }
        }
        write(file, steps);
        if (happened.isEmpty()) {
            return;
        }
        // Last, so that the limits that papers and progress tell of are those after the move.
        var limits = deadlines.of(file.number().value());
        for (var step : happened) {
            issuePaper.issue(file, step, at, limits);
            if (step.isTold()) {
                tell(file, step, at, cause, limits);
            }
        }
    }

    private void write(CaseFile file, List<TakenStep> steps) {
        if (!steps.isEmpty()) {
            progress.happened(file.number(), List.copyOf(steps));
            steps.clear();
        }
    }

    /** Tells the platform's progress of a step; a person who is not known yet cannot be told. */
    public void tell(CaseFile file, Step step, Instant at, @Nullable String cause) {
        tell(file, step, at, cause, deadlines.of(file.number().value()));
    }

    private void tell(CaseFile file, Step step, Instant at, @Nullable String cause, List<DeadlineView> ours) {
        if (file.person() != null) {
            outbox.append(Wire.progress(
                            identity.source(file.receiving()),
                            file,
                            step,
                            CaseStore.name(file.state()),
                            at,
                            limits(file, step, ours))
                    .causedBy(cause));
        }
    }

    private List<DeadlineStatusV1> limits(CaseFile file, Step step, List<DeadlineView> ours) {
        var limits = new ArrayList<DeadlineStatusV1>();
        var acceptedAt = file.acceptedAt();
        if (step == Step.ACCEPTED && acceptedAt != null) {
            // 43号 Art. 8: the old region's ten working days run from acceptance; from here on it tells of them itself.
            var term = oldRegion.issue(file.sending(), acceptedAt);
            limits.add(oldRegionsLimit(file.sending(), term));
        }
        ours.stream().map(DeadlineView::onTheWire).forEach(limits::add);
        return limits;
    }

    /** What it promises inside the limit it tells itself. */
    private static DeadlineStatusV1 oldRegionsLimit(RegionCode sending, Term term) {
        return new DeadlineStatusV1(
                DeadlineKind.ISSUE,
                sending,
                term.dueOn(),
                term.provisional(),
                null,
                term.startedOn(),
                term.workingDays(),
                null,
                null,
                null,
                null);
    }

    private int workingDays(DeadlineKind kind, CaseFile file) {
        return switch (kind) {
            case BOOK -> policies.number(Policies.BOOK_WORKING_DAYS, file.receiving());
            case CREDIT -> policies.number(Policies.CREDIT_WORKING_DAYS, file.receiving());
            case PROMISE -> policies.number(Policies.PROMISE_WORKING_DAYS, file.receiving());
            // R6.3: an instant case above the province's limit.
            case REVIEW -> policies.number(Policies.REVIEW_WORKING_DAYS, file.receiving());
            case ISSUE, CORRECT, MATCH, PAY_UP, PAY_DOWN ->
                throw new IllegalArgumentException(kind + " is watched elsewhere");
        };
    }
}
