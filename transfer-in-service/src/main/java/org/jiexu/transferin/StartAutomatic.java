package org.jiexu.transferin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.postgres.AutomaticTransferStore;
import org.jiexu.wire.contract.LeftOverFoundV1;
import org.jiexu.wire.contract.ParticipationOpenedV1;
import org.jiexu.wire.contract.ParticipationSuspendedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * 免申即转的起点 — a new registration here is kept, in the transaction of its message, and looked at as soon as that has
 * committed (R6.1). Whether the province does so is a dated policy.
 */
@Component
public class StartAutomatic {
    private static final Logger LOG = LoggerFactory.getLogger(StartAutomatic.class);

    private final AutomaticTransferStore registrations;
    private final CollectOldRecords collect;
    private final Policies policies;

    public StartAutomatic(AutomaticTransferStore registrations, CollectOldRecords collect, Policies policies) {
        this.registrations = registrations;
        this.collect = collect;
        this.policies = policies;
    }

    /** Participation on this region's topic: the registry's word, and an old region's of what was left behind there. */
    public Answer receive(Received received, RegionCode here) {
        return switch (received.data()) {
            case ParticipationOpenedV1 opened -> opened(received, opened, here);
            case ParticipationSuspendedV1 suspended -> suspended(received, suspended, here);
            case LeftOverFoundV1 found -> leftBehind(received, found, here);
            default -> Answer.skipped();
        };
    }

    private Answer opened(Received received, ParticipationOpenedV1 opened, RegionCode here) {
        if (!opened.region().equals(here) || opened.scheme() != Scheme.EMPLOYEE) {
            return Answer.skipped();
        }
        if (!opened.person().value().equals(received.envelope().subject())) {
            return Answer.quarantined("the registration is another person's");
        }
        // R6.1: neither a resumption nor a change of employer starts a transfer; it may end a pause of one.
        boolean starts = opened.registration() && isAutomatic(here, opened.openedAt());
        boolean kept = starts
                ? registrations.registered(opened.person(), here, opened.openedAt())
                : registrations.wake(opened.person(), here, opened.openedAt());
        return answer(kept);
    }

    /** R6.1: an old region that was still active has stopped. */
    private Answer suspended(Received received, ParticipationSuspendedV1 suspended, RegionCode here) {
        if (suspended.region().equals(here) || suspended.scheme() != Scheme.EMPLOYEE) {
            return Answer.skipped();
        }
        if (!suspended.person().value().equals(received.envelope().subject())) {
            return Answer.quarantined("the suspension is another person's");
        }
        return answer(registrations.wake(suspended.person(), here, suspended.suspendedAt()));
    }

    /** R6.4: the old region has found a balance that an earlier move left there, and the person is insured here now. */
    private Answer leftBehind(Received received, LeftOverFoundV1 found, RegionCode here) {
        if (!received.source().equals(Source.of(found.region(), ServiceName.SETTLEMENT))
                || !found.person().value().equals(received.envelope().subject())) {
            return Answer.quarantined("a region tells of a balance that is not its own");
        }
        // R6.7: across provinces nothing is at once.
        if (found.region().equals(here) || !found.region().province().equals(here.province())) {
            return Answer.quarantined("the balance does not lie in another region of this province");
        }
        return answer(registrations.registered(found.person(), here, found.foundAt()));
    }

    private Answer answer(boolean due) {
        if (!due) {
            return Answer.alreadyDone();
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                collect.wake();
            }
        });
        return Answer.alreadyDone();
    }

    private boolean isAutomatic(RegionCode here, Instant openedAt) {
        var since = policies.text(Policies.INSTANT_AUTOMATIC_SINCE, here);
        if (since.isBlank()) {
            return false;
        }
        try {
            return !LocalDate.ofInstant(openedAt, BusinessClock.ZONE).isBefore(LocalDate.parse(since));
        } catch (DateTimeException e) {
            LOG.error("the policy {} of {} is no date", Policies.INSTANT_AUTOMATIC_SINCE, here);
            return false;
        }
    }
}
