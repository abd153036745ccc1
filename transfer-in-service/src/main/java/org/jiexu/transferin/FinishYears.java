package org.jiexu.transferin;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.directory.ClockListener;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 年度结束办结 — completes by itself what waited for the end of the old coverage year (R1.3), on the day and by the business
 * clock; what came due while the service was down is completed when it is up again.
 */
@Component
public class FinishYears implements SmartLifecycle, ClockListener {
    private static final Logger LOG = LoggerFactory.getLogger(FinishYears.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 100;

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final CarryOut carryOut;
    private final Parking parking;
    private final ServiceIdentity identity;
    private final BusinessClock clock;
    private final Semaphore bell = new Semaphore(0);
    private volatile @Nullable Thread worker;

    public FinishYears(
            TransactionTemplate transaction,
            CaseStore cases,
            CarryOut carryOut,
            Parking parking,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.carryOut = carryOut;
        this.parking = parking;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public void start() {
        var starting = Thread.ofVirtual().name("finish-years").unstarted(this::work);
        worker = starting;
        starting.start();
    }

    @Override
    public void stop() {
        var running = worker;
        worker = null;
        bell.release();
        if (running != null) {
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    @Override
    public void clockMoved() {
        bell.release();
    }

    private void work() {
        try {
            while (isRunning()) {
                finish();
                var _ = bell.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                bell.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Completes everything whose day has come; nothing before the sandbox clock is set. */
    private void finish() {
        try {
            if (clock.isSet()) {
                var due = cases.yearEnded(identity.regions(), clock.today(), BATCH);
                long finished = due.stream().filter(this::isFinished).count();
                if (finished == BATCH) {
                    bell.release(); // More may be due.
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("ended years could not be looked at: {}", e.getClass().getSimpleName());
        }
    }

    /** The boundary of this worker: one case that cannot be completed keeps no other one waiting. */
    private boolean isFinished(CaseNumber number) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> complete(number)));
        } catch (RuntimeException e) {
            LOG.error("{} could not be completed: {}", number, e.getClass().getSimpleName());
            return false;
        }
    }

    private boolean complete(CaseNumber number) {
        var file = cases.lock(number).orElseThrow();
        if (TransferIn.on(file.state(), new Input.YearEnded(clock.today())) instanceof Outcome.Moved moved) {
            carryOut.move(file, moved, null);
            parking.offerAgain(number.value());
            return true;
        }
        return false;
    }
}
