package org.jiexu.registry;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.InsuredStore;
import org.jiexu.registry.postgres.MergeStore.Merge;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.ParticipationOpenedV1;
import org.jiexu.wire.contract.ParticipationResumedV1;
import org.jiexu.wire.contract.ParticipationSuspendedV1;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.contract.ResumptionReason;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 参保变动 — tells a change of participation in the transaction that makes it. A call that changes nothing says nothing, so
 * doing it again publishes nothing twice.
 */
@Component
class TellParticipation {
    private final InsuredStore insured;
    private final DirectoryStore directory;
    private final KeepWishes wishes;
    private final Outbox outbox;
    private final BusinessClock clock;

    TellParticipation(
            InsuredStore insured, DirectoryStore directory, KeepWishes wishes, Outbox outbox, BusinessClock clock) {
        this.insured = insured;
        this.directory = directory;
        this.wishes = wishes;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * @param before null when there was no relationship with that region in that scheme
     * @param despite the open case in spite of which the person has come back
     */
    void changed(@Nullable Relationship before, Relationship now, @Nullable CaseNumber despite) {
        changed(before, now, despite, null);
    }

    /** Who has died is not said to have come back. */
    void died(Relationship before, Relationship now, @Nullable CaseNumber despite) {
        changed(before, now, despite, ResumptionReason.DIED);
    }

    /** R6.2: each region where the merged record took part may have an account of it; those outside the platform have none. */
    void merged(Merge merge, List<RegionCode> regions) {
        var at = clock.instant();
        regions.stream()
                .distinct()
                .sorted()
                .filter(region -> directory.isOnPlatform(region).orElse(false))
                .forEach(region -> outbox.append(Event.participation(
                        Source.REGISTRY,
                        region,
                        merge.merged().value(),
                        new PersonMergedV1(merge.id(), merge.kept(), merge.merged(), region, at))));
    }

    private void changed(
            @Nullable Relationship before,
            Relationship now,
            @Nullable CaseNumber despite,
            @Nullable ResumptionReason why) {
        var key = now.key();
        if (despite != null) {
            // R3.5: a forced resume tells the old region, which declines what it has not issued yet.
            say(
                    key,
                    key.region(),
                    new ParticipationResumedV1(key.person(), key.region(), key.scheme(), clock.instant(), why));
        }
        var waiting = wishes.fulfil(now);
        boolean wasInsured = before != null && before.status() == ParticipationStatus.INSURED;
        if (now.status() == ParticipationStatus.INSURED) {
            opened(now, before == null || before.status() == ParticipationStatus.TERMINATED);
        } else if (wasInsured) {
            stopped(key, waiting);
        }
    }

    /** R6.1: neither a resumption nor a change of employer is a registration; whoever had left and comes back registers. */
    private void opened(Relationship now, boolean registration) {
        var key = now.key();
        say(
                key,
                key.region(),
                new ParticipationOpenedV1(
                        key.person(), key.region(), key.scheme(), now.since(), registration, clock.instant()));
    }

    /** Also told where something waited for it: an application that wished it (R2.8), and in the same province (R6.1). */
    private void stopped(RelationshipKey key, Set<RegionCode> waiting) {
        Set<RegionCode> readers = new TreeSet<>();
        readers.add(key.region());
        waiting.stream()
                .filter(region -> directory.isOnPlatform(region).orElse(false))
                .forEach(readers::add);
        if (key.scheme() == Scheme.EMPLOYEE) {
            insured.regions(key.person(), Scheme.EMPLOYEE).stream()
                    .filter(InsuredStore.InsuredIn::onPlatform)
                    .map(InsuredStore.InsuredIn::region)
                    .filter(region -> region.province().equals(key.region().province()))
                    .forEach(readers::add);
        }
        var data = new ParticipationSuspendedV1(key.person(), key.region(), key.scheme(), clock.instant());
        readers.forEach(reader -> say(key, reader, data));
    }

    private void say(RelationshipKey key, RegionCode to, EventData data) {
        outbox.append(Event.participation(Source.REGISTRY, to, key.person().value(), data));
    }
}
