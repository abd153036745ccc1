package org.jiexu.registry.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;

/** Topics come into being when a region joins the platform, not on first use. */
@Component
public class RegionTopics {
    private static final int PARTITIONS = 1;
    private static final short BROKER_DECIDES = -1;
    private static final int LARGEST = 1 << 20;

    private final Admin admin;

    RegionTopics(Admin admin) {
        this.admin = admin;
    }

    /** Creates what is missing; throws {@link NotCreated} when the broker does not do it. */
    public void create(List<RegionCode> regions) {
        var topics = new ArrayList<NewTopic>();
        topics.add(topic(Topics.DIRECTORY, TopicConfig.CLEANUP_POLICY_COMPACT));
        topics.add(topic(Topics.PROGRESS, TopicConfig.CLEANUP_POLICY_DELETE));
        topics.add(topic(Topics.DEADLINE, TopicConfig.CLEANUP_POLICY_DELETE));
        for (RegionCode region : regions) {
            Topics.ofRegion(region).forEach(name -> topics.add(topic(name, TopicConfig.CLEANUP_POLICY_DELETE)));
        }
        // R7: what regions of one province owe each other is told on a topic of the province.
        regions.stream()
                .map(region -> new RegionCode(region.province()))
                .distinct()
                // A province that is one region has the second already.
                .flatMap(province -> Stream.of(Topics.clearing(province), Topics.quarantine(province)))
                .filter(name -> topics.stream().noneMatch(known -> known.name().equals(name)))
                .toList()
                .forEach(name -> topics.add(topic(name, TopicConfig.CLEANUP_POLICY_DELETE)));
        admin.createTopics(topics).values().forEach((name, created) -> {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new NotCreated(name, e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotCreated(name, e);
            }
        });
    }

    /** Retention of topics is at least the backup horizon: nothing is thrown away by time. */
    private static NewTopic topic(String name, String cleanup) {
        return new NewTopic(name, PARTITIONS, BROKER_DECIDES)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        cleanup,
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(LARGEST)));
    }

    /** The broker has not created a topic. */
    public static final class NotCreated extends RuntimeException {
        NotCreated(String topic, Throwable cause) {
            super("topic " + topic + " was not created", cause);
        }
    }
}
