package org.jiexu.transferin;

import java.time.Duration;
import java.util.Objects;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.service.Worker;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.postgres.CaseStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 补核验 — decides by itself what could not be decided in the applicant's call: the registry was away (R2.7), or this
 * service was cut off in between, or the applicant waits for what is being mended on-line (R2.8). Several instances share
 * the work; each application waits longer from try to try.
 */
@Component
public class CheckSubmitted extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(CheckSubmitted.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int BATCH = 20;

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final AskRegistry registry;
    private final Decide decide;
    private final ServiceIdentity identity;

    public CheckSubmitted(
            TransactionTemplate transaction,
            CaseStore cases,
            AskRegistry registry,
            Decide decide,
            ServiceIdentity identity) {
        super("check-submitted", PAUSE);
        this.transaction = transaction;
        this.cases = cases;
        this.registry = registry;
        this.decide = decide;
        this.identity = identity;
    }

    @Override
    protected Duration round() {
        Objects.requireNonNull(transaction.execute(_ -> cases.claimUnchecked(identity.regions(), BATCH)))
                .forEach(this::check);
        return PAUSE;
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
