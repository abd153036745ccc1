package org.jiexu.transferin;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.postgres.CaseStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 补核验 — decides by itself what could not be decided in the applicant's call: the registry was away (R2.7), or this
 * service was cut off in between, or the applicant waits for what is being mended on-line (R2.8). Several instances share
 * the work; each application waits longer from try to try.
 */
@Component
public class CheckSubmitted implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CheckSubmitted.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int BATCH = 20;

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final AskRegistry registry;
    private final Decide decide;
    private final ServiceIdentity identity;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable Thread worker;

    public CheckSubmitted(
            TransactionTemplate transaction,
            CaseStore cases,
            AskRegistry registry,
            Decide decide,
            ServiceIdentity identity) {
        this.transaction = transaction;
        this.cases = cases;
        this.registry = registry;
        this.decide = decide;
        this.identity = identity;
    }

    @Override
    public void start() {
        stop.drainPermits();
        worker = Thread.ofVirtual().name("check-submitted").start(this::work);
    }

    @Override
    public void stop() {
        var running = worker;
        worker = null;
        stop.release();
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

    private void work() {
        try {
            while (!stop.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The boundary of this worker: whatever goes wrong with one round, the next one tries again. */
    private void round() {
        try {
            var claimed = transaction.execute(status -> cases.claimUnchecked(identity.regions(), BATCH));
            if (claimed != null) {
                claimed.forEach(this::check);
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "submitted applications could not be looked at: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void check(CaseFile file) {
        try {
            decide.decide(file.number(), registry.check(file));
        } catch (RegistryUnavailable e) {
            LOG.info("{} stays unchecked, the registry does not answer", file.number());
        } catch (RuntimeException e) {
            LOG.error("{} could not be checked: {}", file.number(), e.getClass().getSimpleName());
        }
    }
}
