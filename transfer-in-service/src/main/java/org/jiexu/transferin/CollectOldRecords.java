package org.jiexu.transferin;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jiexu.bus.client.OldRecordsAnswer;
import org.jiexu.bus.client.OldRecordsRequest;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.bus.client.RegistryRefused;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.service.Worker;
import org.jiexu.transferin.ApplyAutomatically.Applied;
import org.jiexu.transferin.domain.AutomaticTransfer;
import org.jiexu.transferin.domain.AutomaticTransfer.OldRecord;
import org.jiexu.transferin.domain.AutomaticTransfer.Standing;
import org.jiexu.transferin.domain.AutomaticTransfer.Standstill;
import org.jiexu.transferin.postgres.AutomaticTransferStore;
import org.jiexu.transferin.postgres.AutomaticTransferStore.Registration;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * 自动归集 — asks what each new registration may bring along and applies for it, one case per old region (R6.1). A row is
 * looked at again until nothing is left to follow, so that neither a crash nor another region's case loses anything.
 * Several instances share the work.
 */
@Component
public class CollectOldRecords extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(CollectOldRecords.class);
    private static final int AT_ONCE = 8;
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** As long as a look may take; whoever died in one is followed then. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration DAY = Duration.ofDays(1);
    /** The end of its case wakes the row; if it came before the row knew of its case, this does. */
    private static final Duration FOLLOWED_FOR = Duration.ofMinutes(1);

    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(10);

    private final AutomaticTransferStore registrations;
    private final RegistryClient registry;
    private final ApplyAutomatically applyAutomatically;
    private final ServiceIdentity identity;
    private final Semaphore hands = new Semaphore(AT_ONCE);

    public CollectOldRecords(
            AutomaticTransferStore registrations,
            RegistryClient registry,
            ApplyAutomatically applyAutomatically,
            ServiceIdentity identity) {
        super("collect-old-records", PAUSE);
        this.registrations = registrations;
        this.registry = registry;
        this.applyAutomatically = applyAutomatically;
        this.identity = identity;
    }

    /** As many rows as there are hands free; woken after the commit that made a row due. */
    @Override
    protected Duration round() throws InterruptedException {
        hands.acquire();
        int free = 1 + hands.drainPermits();
        int taken = 0;
        try {
            for (var registration : registrations.claim(identity.regions(), free, LEASE)) {
                taken++;
                Thread.ofVirtual().start(() -> {
                    try {
                        look(registration);
                    } finally {
                        hands.release();
                    }
                });
            }
        } finally {
            hands.release(free - taken);
        }
        return taken == free ? Duration.ZERO : PAUSE;
    }

    @Override
    protected void finish() throws InterruptedException {
        hands.acquire(AT_ONCE);
        hands.release(AT_ONCE);
    }

    private void look(Registration taken) {
        try {
            var found = registry.oldRecords(OldRecordsRequest.of(taken.receiving(), taken.person()));
            var plan = AutomaticTransfer.plan(
                    standing(found.here()),
                    records(found, applyAutomatically.movesAccounts(taken.receiving())),
                    taken.givenUp());
            var givenUp = new HashSet<>(taken.givenUp());
            CaseNumber itsCase = null;
            for (RegionCode old : plan.apply()) {
                switch (applyAutomatically.apply(found, old, taken.receiving(), taken.wokenAt())) {
                    case Applied.Open(var number) -> itsCase = number;
                    case Applied.Later() -> {}
                    case Applied.GivenUp() -> givenUp.add(old);
                }
            }
            if (plan.then() == Standstill.WITH_ITS_CASE && itsCase != null) {
                registrations.looked(taken, plan.then(), taken.givenUp(), itsCase, FOLLOWED_FOR);
            } else {
                looked(taken, plan.then(), givenUp, taken.looks());
            }
        } catch (RegistryUnavailable e) {
            LOG.info("a registration waits: {}", e.getMessage());
            looked(taken, Standstill.SOON, taken.givenUp(), Math.min(5, taken.looks()));
        } catch (RegistryRefused e) {
            LOG.warn("the registry does not answer for a registration in {}: {}", taken.receiving(), e.code());
            looked(taken, Standstill.WAITING, taken.givenUp(), taken.looks());
        } catch (RuntimeException e) {
            LOG.error(
                    "a registration in {} could not be looked at: {}",
                    taken.receiving(),
                    e.getClass().getSimpleName());
        }
    }

    private void looked(Registration taken, Standstill then, Set<RegionCode> givenUp, int looks) {
        registrations.looked(taken, then, Set.copyOf(givenUp), null, wait(then, looks));
    }

    /** Longer from look to look; a message that is waited for wakes the row at once. */
    private static Duration wait(Standstill then, int looks) {
        return switch (then) {
            // That no case was opened after all is another case's doing, which will end.
            case SOON, WITH_ITS_CASE ->
                Duration.ofSeconds(Math.min(LONGEST_BACK_OFF.toSeconds(), 1L << Math.min(looks, 10)));
            case WAITING, DONE -> DAY;
        };
    }

    private static List<OldRecord> records(OldRecordsAnswer found, boolean moneyMoves) {
        return found.records().stream().map(old -> record(old, moneyMoves)).toList();
    }

    /** Where the province does not move accounts, money alone is nothing to follow. */
    private static OldRecord record(OldRecordsAnswer.OldRecord old, boolean moneyMoves) {
        boolean isMoneyAlone = old.status() == OldRecordsAnswer.Standing.TERMINATED && old.months() == 0;
        return new OldRecord(
                old.region(),
                switch (old.status()) {
                    case INSURED -> Standing.INSURED;
                    case SUSPENDED -> Standing.SUSPENDED;
                    case TERMINATED -> Standing.TERMINATED;
                },
                old.retiree(),
                old.followsARegistration() && (moneyMoves || !isMoneyAlone),
                old.openCase() != null || old.filling(),
                Boolean.TRUE.equals(old.neverFilled()));
    }

    private static @Nullable Standing standing(OldRecordsAnswer.@Nullable Standing here) {
        return switch (here) {
            case INSURED -> Standing.INSURED;
            case SUSPENDED -> Standing.SUSPENDED;
            case TERMINATED -> Standing.TERMINATED;
            case null -> null;
        };
    }
}
