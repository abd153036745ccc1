package org.jiexu.transferin;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Conflict;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 补正 — missing papers are shown; once they are complete the application is checked in the same call (R2.3, R2.9). After
 * acceptance it ends the pause for which the clock stands still (R4.6).
 */
@Component
public class Supplement {
    /** For this long the background check leaves the application to this call. */
    private static final Duration HEAD = Duration.ofSeconds(10);

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final CheckPapers papers;
    private final CarryOut carryOut;
    private final AskRegistry registry;
    private final Decide decide;
    private final Parking parking;
    private final PauseClock pauseClock;

    public Supplement(
            TransactionTemplate transaction,
            CaseStore cases,
            CheckPapers papers,
            CarryOut carryOut,
            AskRegistry registry,
            Decide decide,
            Parking parking,
            PauseClock pauseClock) {
        this.transaction = transaction;
        this.cases = cases;
        this.papers = papers;
        this.carryOut = carryOut;
        this.registry = registry;
        this.decide = decide;
        this.parking = parking;
        this.pauseClock = pauseClock;
    }

    /** The case as it stands after the call. */
    public CaseFile supplement(CaseNumber number, Set<Paper> shown) {
        var file = Objects.requireNonNull(transaction.execute(status -> {
            var kept = keep(cases.lock(number).orElseThrow(Problem::notFound), shown);
            Idempotency.produced("/api/v1/transfers/" + number);
            return kept;
        }));
        if (!(file.state() instanceof State.Submitted)) {
            return file;
        }
        try {
            return decide.decide(number, registry.check(file));
        } catch (RegistryUnavailable e) {
            transaction.executeWithoutResult(status -> cases.retryAfter(number, Duration.ofSeconds(1)));
            return file;
        }
    }

    private CaseFile keep(CaseFile before, Set<Paper> shown) {
        var file = before.shown(shown);
        if (isAccepted(before.state())) {
            // R4.6: after acceptance only where the clock stands still for it.
            if (!pauseClock.supplemented(before, shown)) {
                throw told(Conflict.NOTHING_ASKED);
            }
            return cases.save(file);
        }
        var missing = papers.missing(file);
        if (!missing.isEmpty()) {
            return before.state() instanceof State.Waiting ? cases.save(file) : cases.save(file.because(missing));
        }
        return switch (TransferIn.on(before.state(), new Input.PapersComplete())) {
            case Outcome.Moved moved -> {
                var next = carryOut.move(file.because(List.of()), moved, null);
                cases.retryAfter(next.number(), HEAD);
                parking.offerAgain(next.number().value());
                yield next;
            }
            case Outcome.AlreadyDone _ ->
                before.state() instanceof State.Waiting ? cases.save(file) : cases.save(file.because(List.of()));
            case Outcome.InConflict(var conflict) -> throw Problem.conflict(conflict.name(), conflict.words() + "。");
            case Outcome.NotFound() -> throw Problem.notFound();
            case Outcome.Rejected(var reason, var _) -> throw new IllegalStateException("parked papers: " + reason);
        };
    }

    private static boolean isAccepted(State.Case state) {
        return switch (state) {
            case State.Submitted _, State.Incomplete _, State.Waiting _ -> false;
            case State.Accepted _,
                    State.Withdrawing _,
                    State.Received _,
                    State.Returned _,
                    State.YearRunning _,
                    State.Booked _ -> true;
            case State.Refused _, State.Completed _, State.Withdrawn _, State.Declined _ ->
                throw told(Conflict.CASE_ENDED);
        };
    }

    private static Problem told(Conflict conflict) {
        return Problem.conflict(conflict.name(), conflict.words() + "。");
    }
}
