package org.jiexu.settlement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.client.WhereaboutsAnswer.Moved;
import org.jiexu.bus.client.WhereaboutsRequest;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.settlement.postgres.LeftOverStore;
import org.jiexu.settlement.postgres.LeftOverStore.Line;
import org.jiexu.settlement.postgres.LeftOverStore.Push;
import org.jiexu.settlement.postgres.LeftOverStore.Saver;
import org.jiexu.wire.contract.LeftOverFoundV1;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 历史余额推送 — goes through the region's accounts, page by page, and tells each region of the province where somebody who has
 * left is insured now that a balance stayed behind (R6.4). The receiving region applies; nothing moves here, and what has
 * moved since is read from the ledger. What the person chose to leave is told to nobody (R2.10). A search goes on where it
 * stood, and a page is told in the transaction that counts it.
 */
@Component
public class PushLeftOver extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(PushLeftOver.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int PAGE = 500;

    private final LeftOverStore pushes;
    private final RegistryClient registry;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public PushLeftOver(
            LeftOverStore pushes,
            RegistryClient registry,
            Outbox outbox,
            TransactionTemplate transaction,
            ServiceIdentity identity,
            BusinessClock clock) {
        super("push-left-over", PAUSE);
        this.pushes = pushes;
        this.registry = registry;
        this.outbox = outbox;
        this.transaction = transaction;
        this.identity = identity;
        this.clock = clock;
    }

    /** Begins a search; {@code location} names where it is asked for. */
    public Push begin(RegionCode region, boolean dryRun, String askedBy, Function<UUID, String> location) {
        var push = new Push(UuidV7.next(), region, dryRun, false, 0, 0);
        transaction.executeWithoutResult(status -> {
            pushes.insert(push, askedBy, clock.instant());
            Idempotency.produced(location.apply(push.id()));
        });
        wake();
        return push;
    }

    @Override
    protected Duration round() {
        try {
            var push = pushes.claim(identity.regions(), LEASE);
            push.ifPresent(this::page);
            return push.isPresent() ? Duration.ZERO : PAUSE;
        } catch (RegistryUnavailable e) {
            LOG.info("a search for left-over balances waits: {}", e.getMessage());
            return PAUSE;
        }
    }

    /** No transaction is open while the registry is asked. */
    private void page(Push push) {
        var savers = pushes.savers(push.region(), push.position(), PAGE);
        if (savers.isEmpty()) {
            pushes.finish(push, clock.instant());
            return;
        }
        var asked = new WhereaboutsRequest(
                push.region(), savers.stream().map(Saver::person).toList());
        Map<PersonId, RegionCode> moved =
                registry.whereabouts(asked).moved().stream().collect(Collectors.toMap(Moved::person, Moved::region));
        transaction.executeWithoutResult(status -> {
            pushes.advance(push, savers.getLast().account(), savers.size());
            var chosen =
                    savers.stream().filter(Saver::chosen).map(Saver::account).collect(Collectors.toSet());
            var found = lines(savers, moved);
            pushes.follow(found.stream().map(Line::account).toList());
            found.forEach(line -> {
                pushes.add(push.id(), line);
                // R2.10: what a person chose to leave is counted, and left.
                if (!push.dryRun() && !chosen.contains(line.account())) {
                    tell(push.region(), line);
                }
            });
        });
    }

    private static List<Line> lines(List<Saver> savers, Map<PersonId, RegionCode> moved) {
        var lines = new ArrayList<Line>();
        for (var saver : savers) {
            var receiving = moved.get(saver.person());
            if (receiving != null) {
                lines.add(new Line(saver.account(), saver.person(), receiving, saver.balance()));
            }
        }
        return lines;
    }

    private void tell(RegionCode region, Line line) {
        outbox.append(Event.participation(
                identity.source(region),
                line.receiving(),
                line.person().value(),
                new LeftOverFoundV1(line.person(), region, line.amount(), clock.instant())));
    }
}
