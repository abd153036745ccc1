package org.jiexu.bus.service;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the registry where this service answers and with which public keys it signs. */
public final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final long PAUSE_MILLIS = 500;

    private final Runnable attempt;

    /** The attempt throws when the registry could not be told. */
    public Registration(Runnable attempt) {
        this.attempt = attempt;
    }

    /** Tries until the registry has heard; others wait for a key that they do not know yet, so this loses nothing. */
    void registerUntilHeard() throws InterruptedException {
        boolean told = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                attempt.run();
                return;
            } catch (RuntimeException e) {
                if (!told) {
                    told = true;
                    LOG.info("the registry cannot be told yet where this service answers, trying on: {}", e.toString());
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
