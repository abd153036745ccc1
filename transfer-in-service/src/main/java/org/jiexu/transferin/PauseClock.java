package org.jiexu.transferin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.time.Pause;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Conflict;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.TransferPausedV1;
import org.jiexu.wire.contract.TransferResumedV1;
import org.jiexu.wire.contract.TransferSupplementedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 补正暂停 — while something is asked of the applicant after acceptance the clock stands still, for a reason that he is told
 * (R4.6). The old region's own pauses come by message; the promise of the whole case stands still on both.
 */
@Component
public class PauseClock {
    private static final Set<DeadlineKind> OURS =
            Set.of(DeadlineKind.PROMISE, DeadlineKind.BOOK, DeadlineKind.REVIEW, DeadlineKind.CREDIT);
    private static final Pattern THEIR_PAUSE = Pattern.compile("OUT-[1-9][0-9]{0,8}");
    private static final Set<DeadlineKind> ON_THEIR_PAUSE = Set.of(DeadlineKind.PROMISE);

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final ProgressStore progress;
    private final Deadlines deadlines;
    private final CarryOut carryOut;
    private final Outbox outbox;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public PauseClock(
            TransactionTemplate transaction,
            CaseStore cases,
            ProgressStore progress,
            Deadlines deadlines,
            CarryOut carryOut,
            Outbox outbox,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.progress = progress;
        this.deadlines = deadlines;
        this.carryOut = carryOut;
        this.outbox = outbox;
        this.identity = identity;
        this.clock = clock;
    }

    /** By a clerk of this region; the same wish again is the same. */
    public void pause(CaseNumber number, String reason) {
        transaction.executeWithoutResult(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            requireRunning(file.state());
            var pauses = ours(file);
            if (pauses.stream().anyMatch(Pause::isOpen)) {
                if (pauses.stream()
                        .noneMatch(pause -> pause.isOpen() && pause.reason().equals(reason))) {
                    throw told(Conflict.ALREADY_PAUSED);
                }
                return;
            }
            var at = clock.instant();
            var pause = new Pause(CarryOut.OUR_PAUSE + (pauses.size() + 1), at, null, reason);
            deadlines.pause(number.value(), OURS, pause);
            happened(file, Step.PAUSED, pause.id(), at);
            carryOut.tell(file, Step.PAUSED, at, null);
        });
    }

    /** By a clerk of this region: what was asked for is there, or no longer needed. */
    public void resume(CaseNumber number) {
        transaction.executeWithoutResult(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            if (!resumeOurs(file)) {
                throw told(Conflict.NOT_PAUSED);
            }
        });
    }

    /**
     * The applicant shows what was asked of him, here or in the old region, which looks at it there. In the caller's
     * transaction, under the case's lock; false when nothing was asked.
     */
    boolean supplemented(CaseFile file, Set<Paper> shown) {
        boolean asked = resumeOurs(file);
        var at = clock.instant();
        for (var pause : deadlines.pauses(file.number().value())) {
            if (pause.isOpen()) {
                asked = true;
                outbox.append(Event.transfer(
                        identity.source(file.receiving()),
                        file.sending(),
                        file.number(),
                        new TransferSupplementedV1(
                                pause.id(),
                                new TreeSet<>(shown).stream().map(Paper::name).toList(),
                                at)));
            }
        }
        return asked;
    }

    Answer paused(Received received, TransferPausedV1 said) {
        if (said.reason().chars().anyMatch(Character::isISOControl)) {
            return Answer.quarantined("a reason that no clerk can have typed");
        }
        return fromOldRegion(received, said.pause(), said.at(), file -> {
            var pause = new Pause(said.pause(), said.at(), null, said.reason());
            if (!deadlines.pause(file.number().value(), ON_THEIR_PAUSE, pause)) {
                return saysTheSame(file, said)
                        ? Answer.alreadyDone()
                        : Answer.quarantined("another pause has that name");
            }
            happened(file, Step.PAUSED_THERE, said.pause(), said.at());
            return Answer.moved();
        });
    }

    Answer resumed(Received received, TransferResumedV1 said) {
        return fromOldRegion(received, said.pause(), said.at(), file -> {
            if (deadlines.pauses(file.number().value()).stream()
                    .noneMatch(pause -> pause.id().equals(said.pause()))) {
                return Answer.rejected("nothing was paused by that name");
            }
            if (!deadlines.resume(file.number().value(), said.pause(), said.at())) {
                return Answer.alreadyDone();
            }
            happened(file, Step.RESUMED_THERE, said.pause(), said.at());
            return Answer.moved();
        });
    }

    private interface OnCase {
        Answer act(CaseFile file);
    }

    private Answer fromOldRegion(Received received, String pause, Instant at, OnCase act) {
        var file = cases.lock(received.caseNumber());
        if (file.isEmpty()) {
            return Answer.rejected("no such case");
        }
        if (!received.source().equals(Source.of(file.get().sending(), ServiceName.TRANSFER_OUT))) {
            return Answer.quarantined("said by a region or service that has no part in the case");
        }
        // Two clocks never agree to the second; a day is no disagreement of clocks.
        if (at.isAfter(received.time().plus(Duration.ofDays(1)))) {
            return Answer.quarantined("a moment that had not come when it was said");
        }
        return THEIR_PAUSE.matcher(pause).matches()
                ? act.act(file.get())
                : Answer.quarantined("not the name of a pause of the old region");
    }

    private boolean saysTheSame(CaseFile file, TransferPausedV1 said) {
        return deadlines.pauses(file.number().value()).stream()
                .anyMatch(pause -> pause.id().equals(said.pause())
                        && pause.from().equals(said.at())
                        && pause.reason().equals(said.reason()));
    }

    private boolean resumeOurs(CaseFile file) {
        var at = clock.instant();
        var resumed = carryOut.resumeOurs(file, at);
        if (resumed) {
            carryOut.tell(file, Step.RESUMED, at, null);
        }
        return resumed;
    }

    private List<Pause> ours(CaseFile file) {
        return deadlines.pauses(file.number().value()).stream()
                .filter(pause -> pause.id().startsWith(CarryOut.OUR_PAUSE))
                .toList();
    }

    private void happened(CaseFile file, Step step, String pause, Instant at) {
        progress.happened(file.number(), new TakenStep(step, pause, file.holder(), at));
    }

    /** R4.6: only where a clock of this region runs; before acceptance the application itself waits (R2.3). */
    private static void requireRunning(State.Case state) {
        switch (state) {
            case State.Accepted _, State.Received _, State.Returned _, State.Booked _ -> {}
            case State.Submitted _, State.Incomplete _, State.Waiting _, State.Withdrawing _, State.YearRunning _ ->
                throw told(Conflict.NO_CLOCK_RUNS);
            case State.Refused _, State.Completed _, State.Withdrawn _, State.Declined _ ->
                throw told(Conflict.CASE_ENDED);
        }
    }

    private static Problem told(Conflict conflict) {
        return Problem.conflict(conflict.name(), conflict.words() + "。");
    }

    /** 等候补正 — which region waits for what of the applicant since when. */
    public record Waiting(RegionCode region, String reason, Instant since) {}

    /** Whom the case waits for, as progress shows it. */
    static List<Waiting> waitingFor(CaseFile file, List<Pause> pauses) {
        return State.status(file.state()).isEnd()
                ? List.of()
                : pauses.stream()
                        .filter(Pause::isOpen)
                        .map(pause -> new Waiting(
                                pause.id().startsWith(CarryOut.OUR_PAUSE) ? file.receiving() : file.sending(),
                                pause.reason(),
                                pause.from()))
                        .toList();
    }
}
