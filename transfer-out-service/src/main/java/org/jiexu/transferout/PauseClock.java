package org.jiexu.transferout;

import java.util.Set;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.time.Pause;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.Obstacle;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.postgres.CaseStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.TransferSupplementedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 补正暂停 — while something is asked of the applicant the clock of the old region stands still (R4.6). He is told, and the
 * receiving region too, which shows it and passes on what he supplements.
 */
@Component
public class PauseClock {
    private static final Set<DeadlineKind> KINDS = Set.of(DeadlineKind.ISSUE, DeadlineKind.CORRECT);

    private final CaseStore cases;
    private final Deadlines deadlines;
    private final Announce announce;
    private final Outbox outbox;
    private final BusinessClock clock;

    PauseClock(CaseStore cases, Deadlines deadlines, Announce announce, Outbox outbox, BusinessClock clock) {
        this.cases = cases;
        this.deadlines = deadlines;
        this.announce = announce;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** By our staff; the same wish again is the same. */
    @Transactional
    public void pause(RegionCode region, CaseNumber number, String reason) {
        var known = lock(region, number);
        requireRunning(known.state());
        var pauses = deadlines.pauses(number.value());
        if (pauses.stream().anyMatch(Pause::isOpen)) {
            if (pauses.stream()
                    .noneMatch(pause -> pause.isOpen() && pause.reason().equals(reason))) {
                throw told(Obstacle.CLOCK_STANDS_STILL);
            }
            return;
        }
        var pause = new Pause("OUT-" + (pauses.size() + 1), clock.instant(), null, reason);
        deadlines.pause(number.value(), KINDS, pause);
        announce.paused(known, pause).forEach(outbox::append);
    }

    /** By our staff: what was asked for is there, or no longer needed. */
    @Transactional
    public void resume(RegionCode region, CaseNumber number) {
        var known = lock(region, number);
        if (!resumeAll(known, null)) {
            throw told(Obstacle.CLOCK_RUNS);
        }
    }

    /** In the bus's transaction; the case's row is locked. */
    Answer supplemented(OutgoingCase known, TransferSupplementedV1 said, String cause) {
        var asked = deadlines.pauses(known.number().value()).stream()
                .filter(pause -> pause.id().equals(said.pause()))
                .findFirst();
        if (asked.isEmpty()) {
            return Answer.rejected("nothing was asked by that name");
        }
        if (!asked.get().isOpen()) {
            return Answer.alreadyDone();
        }
        resumeAll(known, cause);
        return Answer.moved();
    }

    private boolean resumeAll(OutgoingCase known, @Nullable String cause) {
        var at = clock.instant();
        var resumed = false;
        for (var pause : deadlines.pauses(known.number().value())) {
            if (deadlines.resume(known.number().value(), pause.id(), at)) {
                announce.resumed(known, pause.id(), at).forEach(event -> outbox.append(event.causedBy(cause)));
                resumed = true;
            }
        }
        return resumed;
    }

    private OutgoingCase lock(RegionCode region, CaseNumber number) {
        return cases.lock(number)
                .filter(found -> found.sending().equals(region))
                .orElseThrow(Problem::notFound);
    }

    /** R4.6: only where a clock of this region runs. */
    private static void requireRunning(State state) {
        switch (state) {
            case State.Holding _, State.HoldRefused _, State.Held _, State.Returned _ -> {}
            case State.NoCase _ -> throw Problem.notFound();
            case State.Issued _ -> throw told(Obstacle.SHEET_ALREADY_ISSUED);
            case State.Completed _, State.Withdrawn _, State.Declined _ -> throw told(Obstacle.CASE_HAS_ENDED);
        }
    }

    private static Problem told(Obstacle obstacle) {
        return Problem.conflict(obstacle.name(), obstacle.words() + "。");
    }
}
