package org.jiexu.system;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jiexu.wire.contract.Topics;

/**
 * A post office that, while it is switched on, keeps each event for a random while (seeded): any two that are under way
 * at the same time may be swapped, also within one topic and case. It can also deliver each of them twice.
 */
final class Disorder {
    private static final ScheduledExecutorService POST = Executors.newScheduledThreadPool(
            4, Thread.ofPlatform().daemon().name("post-", 1).factory());
    private static final ConcurrentLinkedQueue<Future<?>> UNDER_WAY = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger SWAPPED = new AtomicInteger();
    private static volatile boolean on;
    private static volatile boolean twice;
    private static Random random = new Random(0);

    private Disorder() {}

    static void begin(long seed, boolean everythingTwice) {
        synchronized (Disorder.class) {
            random = new Random(seed);
        }
        twice = everythingTwice;
        on = true;
    }

    /** Back to order; returns when everything kept is delivered. */
    static void end() throws Exception {
        on = false;
        for (var under = UNDER_WAY.poll(); under != null; under = UNDER_WAY.poll()) {
            under.get(30, TimeUnit.SECONDS);
        }
    }

    static int delivered() {
        return SWAPPED.get();
    }

    @SuppressWarnings("unchecked")
    static Producer<String, byte[]> around(Producer<String, byte[]> producer) {
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                Disorder.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (on && method.getName().equals("send")) {
                        var record = (ProducerRecord<String, byte[]>) arguments[0];
                        // The directory is one voice; its order is not in question here.
                        if (!record.topic().equals(Topics.DIRECTORY)) {
                            return later(producer, record);
                        }
                    }
                    try {
                        return method.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Future<RecordMetadata> later(
            Producer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        int copies = twice ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            int wait;
            synchronized (Disorder.class) {
                wait = random.nextInt(400);
            }
            UNDER_WAY.add(POST.schedule(
                    () -> {
                        // Headers are made read-only by sending: each copy gets its own.
                        var copy = new ProducerRecord<>(
                                record.topic(), null, record.key(), record.value(), record.headers());
                        SWAPPED.incrementAndGet();
                        return producer.send(copy).get();
                    },
                    wait,
                    TimeUnit.MILLISECONDS));
        }
        return CompletableFuture.completedFuture(
                new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0));
    }
}
