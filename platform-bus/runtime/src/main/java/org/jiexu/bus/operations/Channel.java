package org.jiexu.bus.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jiexu.bus.time.BusinessClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 通道 — how this service's way of messages does: what waits to be sent, to be read, to be looked at by people. */
public final class Channel {
    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);
    private static final long BROKER_PATIENCE_MILLIS = 2000;
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** More is not counted: it is shown as that many. */
    private static final int MOST = 100_000;

    private final JdbcClient jdbc;
    private final Admin admin;
    private final Producer<String, byte[]> producer;
    private final BusinessClock clock;
    private final @Nullable CircuitBreakerRegistry breakers;
    private final InstantSource system;
    private final WaitingTimes waiting = new WaitingTimes();
    private @Nullable Figures last;
    private long lastAt;

    /** @param lag records of the topic that this service has not taken yet; null when the broker does not answer */
    public record Topic(
            String topic,
            long next,
            @Nullable Long end,
            @Nullable Long lag) {}

    public record Breaker(String name, String state) {}

    /** 通道指标. */
    public record Figures(
            long oldestUnsentSeconds,
            long unsent,
            long relayedPerMinute,
            long parked,
            long oldestParkedSeconds,
            long quarantined,
            long timersLateSeconds,
            long oldestUntakenSeconds,
            long oldestUntoldSeconds,
            List<Topic> topics,
            List<Breaker> breakers) {
        /** Of all topics together; those that the broker did not tell of count nothing. */
        public long lag() {
            return topics.stream()
                    .mapToLong(topic -> topic.lag() == null ? 0 : topic.lag())
                    .sum();
        }
    }

    Channel(
            JdbcClient jdbc,
            Admin admin,
            Producer<String, byte[]> producer,
            BusinessClock clock,
            @Nullable CircuitBreakerRegistry breakers,
            InstantSource system) {
        this.jdbc = jdbc;
        this.admin = admin;
        this.producer = producer;
        this.clock = clock;
        this.breakers = breakers;
        this.system = system;
    }

    /** Looked up at most every two seconds, whoever asks: pages and scrapes cost the database nothing more. */
    public synchronized Figures figures() {
        var known = last;
        if (known != null && System.nanoTime() - lastAt < FRESH.toNanos()) {
            return known;
        }
        var found = look();
        last = found;
        lastAt = System.nanoTime();
        return found;
    }

    private Figures look() {
        var topics = topics();
        return new Figures(
                oldestUnsentSeconds(),
                number("select count(*) from (select 1 from outbox limit " + MOST + ") waiting"),
                relayedPerMinute(),
                number("select count(*) from (select 1 from parked_input where closed_at is null limit " + MOST
                        + ") parked"),
                number("""
                    select coalesce(extract(epoch from now() - min(parked_at)), 0)::bigint from parked_input
                     where closed_at is null
                    """),
                number("select count(*) from (select 1 from quarantined where resolved_at is null limit " + MOST
                        + ") kept"),
                timersLateSeconds(),
                waiting.longest(topics, System.nanoTime()),
                number("""
                    select coalesce((select extract(epoch from now() - at)::bigint
                                       from quarantined where not published order by position limit 1), 0)
                    """),
                topics,
                breakers());
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    /** The id of an event begins with the moment at which it was written (UUIDv7): real time, whatever the business clock. */
    private long oldestUnsentSeconds() {
        return jdbc.sql("""
            select ('x' || left(replace(j.id::text, '-', ''), 12))::bit(48)::bigint as millis
              from (with recursive first (shard, position) as (
                        (select shard, position from outbox order by shard, position limit 1)
                        union all
                        select n.shard, n.position from first f cross join lateral (
                            select shard, position from outbox where shard > f.shard
                             order by shard, position limit 1) n)
                    select min(position) as position from first) oldest
              join event_journal j on j.position = oldest.position
            """)
                .query(Long.class)
                .optional()
                .map(millis -> Math.max(0, (system.millis() - millis) / 1000))
                .orElse(0L);
    }

    private long relayedPerMinute() {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("record-send-rate")
                        && metric.getKey().group().equals("producer-metrics"))
                .map(metric -> metric.getValue().metricValue())
                .filter(Double.class::isInstance)
                .mapToLong(rate -> Math.round(((Double) rate) * 60))
                .sum();
    }

    private long timersLateSeconds() {
        if (!clock.isSet()) {
            return 0;
        }
        return jdbc.sql("""
            select greatest(0, extract(epoch from :now::timestamptz - min(next_at)))::bigint
              from deadline where next_at <= :now
            """)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, n) -> row.getLong(1))
                .single();
    }

    private List<Topic> topics() {
        record Standing(TopicPartition partition, long next) {}
        var standing = jdbc.sql("select topic, partition, next from topic_offset order by topic, partition")
                .query((row, n) -> new Standing(
                        new TopicPartition(row.getString("topic"), row.getInt("partition")), row.getLong("next")))
                .list();
        var ends = ends(standing.stream().map(Standing::partition).toList());
        var topics = new ArrayList<Topic>();
        for (var at : standing) {
            var end = ends.get(at.partition());
            topics.add(new Topic(
                    at.partition().partition() == 0
                            ? at.partition().topic()
                            : at.partition().toString(),
                    at.next(),
                    end,
                    end == null ? null : Math.max(0, end - at.next())));
        }
        topics.sort(Comparator.comparingLong((Topic topic) -> topic.lag() == null ? Long.MAX_VALUE : -topic.lag())
                .thenComparing(Topic::topic));
        return List.copyOf(topics);
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        var ends = new HashMap<TopicPartition, Long>();
        if (partitions.isEmpty()) {
            return ends;
        }
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        var told = admin.listOffsets(wanted);
        try {
            for (var partition : partitions) {
                ends.put(
                        partition,
                        told.partitionResult(partition)
                                .get(BROKER_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                                .offset());
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the broker does not tell how long its topics are", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ends;
    }

    private List<Breaker> breakers() {
        return breakers == null
                ? List.of()
                : breakers.getAllCircuitBreakers().stream()
                        .map(breaker -> new Breaker(
                                breaker.getName(), breaker.getState().name()))
                        .sorted(Comparator.comparing(Breaker::name))
                        .toList();
    }
}
