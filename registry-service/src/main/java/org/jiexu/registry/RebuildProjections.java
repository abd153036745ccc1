package org.jiexu.registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.inbox.Verifier;
import org.jiexu.registry.postgres.CaseFigureStore;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.LimitFigureStore;
import org.jiexu.registry.postgres.RebuildStore;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineEscalatedV1;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.DeadlineRevisedV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 统计重建 — reads platform.progress, platform.deadline and every region's participation from their beginning into tables beside the projections, while
 * these go on being shown and kept, and lets both change places once it has caught up. Nobody is told anything again.
 */
@Component
public class RebuildProjections {
    private static final Logger LOG = LoggerFactory.getLogger(RebuildProjections.class);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final String CASE =
            "number, person, sending, receiving, from_scheme, to_scheme, first_at, step, state,"
                    + " status, is_end, holder, last_at, accepted_at, ended_at";
    private static final String LIMIT =
            "number, kind, region, due_on, provisional, met_at, warned_at, working_days_left, missed_at, started_on,"
                    + " working_days, promised_on, paused_since, pause_reason, cancelled_at, escalated_at,"
                    + " missed_technically";

    private final RebuildStore store;
    private final FollowCases follow;
    private final KeepLeftBalance leftBalance;
    private final DirectoryStore directory;
    private final CaseFigureStore cases;
    private final LimitFigureStore limits;
    private final Verifier verifier;
    private final TransactionTemplate transaction;
    private final String brokers;

    RebuildProjections(
            RebuildStore store,
            FollowCases follow,
            KeepLeftBalance leftBalance,
            DirectoryStore directory,
            CaseFigureStore cases,
            LimitFigureStore limits,
            Verifier verifier,
            TransactionTemplate transaction,
            @Value("${spring.kafka.bootstrap-servers}") String brokers) {
        this.store = store;
        this.follow = follow;
        this.leftBalance = leftBalance;
        this.directory = directory;
        this.cases = cases;
        this.limits = limits;
        this.verifier = verifier;
        this.transaction = transaction;
        this.brokers = brokers;
    }

    /** False when one is running. */
    public boolean start(String who) {
        if (!store.begin(who, InstantSource.system().instant())) {
            return false;
        }
        Thread.ofVirtual().name("registry-rebuild").start(this::run);
        return true;
    }

    private void run() {
        try (var consumer = new KafkaConsumer<>(
                BusConfiguration.consumerSettings(brokers), new StringDeserializer(), new ByteArrayDeserializer())) {
            transaction.executeWithoutResult(_ -> store.clear());
            var topics = topics();
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            var whole = Whole.of(consumer.beginningOffsets(topics));
            var ends = new HashMap<String, Long>();
            consumer.endOffsets(topics).forEach((partition, end) -> ends.put(partition.topic(), end));
            long all = ends.values().stream().mapToLong(Long::longValue).sum();
            read(consumer, ends, all);
            transaction.executeWithoutResult(_ -> changePlaces(consumer, whole, all));
            LOG.info("the projections are rebuilt from the topics");
        } catch (RuntimeException e) {
            LOG.error("the projections could not be rebuilt; they stay as they are", e);
            store.end("FAILED", InstantSource.system().instant(), null, null);
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer, Map<String, Long> until, long all) {
        while (isBehind(consumer, until)) {
            var records = consumer.poll(POLL);
            inOneTransaction(records);
            store.beat(position(consumer), all);
        }
    }

    /** What of participation is read here is what regions say of money that stays (R2.10). */
    private List<TopicPartition> topics() {
        return Stream.concat(
                        Stream.of(Topics.PROGRESS, Topics.DEADLINE),
                        directory.onPlatform().stream().map(Topics::participation))
                .map(topic -> new TopicPartition(topic, 0))
                .toList();
    }

    /** Whether the topics still hold everything from their beginning. */
    private record Whole(boolean cases, boolean participation) {
        static Whole of(Map<TopicPartition, Long> beginnings) {
            return new Whole(isWhole(beginnings, true), isWhole(beginnings, false));
        }

        private static boolean isWhole(Map<TopicPartition, Long> beginnings, boolean ofCases) {
            return beginnings.entrySet().stream()
                    .filter(one -> List.of(Topics.PROGRESS, Topics.DEADLINE)
                                    .contains(one.getKey().topic())
                            == ofCases)
                    .allMatch(one -> one.getValue() == 0);
        }
    }

    private static long position(KafkaConsumer<String, byte[]> consumer) {
        return consumer.assignment().stream().mapToLong(consumer::position).sum();
    }

    private static boolean isBehind(KafkaConsumer<String, byte[]> consumer, Map<String, Long> until) {
        return consumer.assignment().stream()
                .anyMatch(partition -> consumer.position(partition) < until.getOrDefault(partition.topic(), 0L));
    }

    private void inOneTransaction(Iterable<ConsumerRecord<String, byte[]>> records) {
        while (true) {
            try {
                transaction.executeWithoutResult(_ -> {
                    store.writeBeside();
                    records.forEach(this::apply);
                });
                return;
            } catch (TransientDataAccessException e) {
                LOG.info(
                        "a batch of the rebuild is tried again: {}",
                        e.getClass().getSimpleName());
            }
        }
    }

    /** The live consumer stands still from here on; what it has taken and we have not is read now. */
    private void changePlaces(KafkaConsumer<String, byte[]> consumer, Whole whole, long all) {
        var standing = store.stop();
        store.writeBeside();
        while (isBehind(consumer, standing)) {
            consumer.poll(POLL).forEach(this::apply);
        }
        store.stop();
        long changedCases = store.changed("case_index", CASE);
        long changedLimits = store.changed("case_deadline", LIMIT);
        store.changePlaces(whole.cases(), whole.participation());
        cases.recount();
        limits.recount();
        store.beat(position(consumer), all);
        store.end("DONE", InstantSource.system().instant(), changedCases, changedLimits);
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (verified(record) instanceof Verifier.Verdict.Good(Received received)) {
            switch (received.data()) {
                case CaseProgressedV1 told -> follow.index(received, told);
                case DeadlineWarnedV1 told -> follow.warned(received, told);
                case DeadlineMissedV1 told -> follow.missed(received, told);
                case DeadlineEscalatedV1 told -> follow.escalated(received, told);
                case DeadlineRevisedV1 told -> follow.revised(received, told);
                case AccountLeftV1 told -> leftBalance.keepAgain(received, told);
                // EventData is open, other types are for others.
                default -> {}
            }
        }
    }

    private Verifier.Verdict verified(ConsumerRecord<String, byte[]> record) {
        while (true) {
            try {
                return verifier.verify(record);
            } catch (Verifier.KeyNotYetKnown e) {
                try {
                    TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", stopped);
                }
            }
        }
    }
}
