package org.jiexu.faults;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A post office inside a service that keeps each record for a random while as long as a file says so: any two that are
 * under way at once may change places, also within one case. It says at once that it has delivered, so nobody may be
 * killed meanwhile. The file: seed, longest wait in milliseconds, copies.
 */
final class Disorder {
    private static final String DIRECTORY = "platform.directory";
    private static final long LOOK_MILLIS = 100;

    private final ScheduledExecutorService post = Executors.newScheduledThreadPool(
            4, Thread.ofPlatform().daemon().name("post-", 1).factory());
    private final Path file;
    private volatile @Nullable Order order;

    private record Order(Random random, int longest, int copies) {
        synchronized int someWait() {
            return random.nextInt(longest);
        }
    }

    Disorder(Path file) {
        this.file = file;
        var _ = post.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    static void begin(Path file, long seed, long longest, int copies) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(aside, seed + " " + longest + " " + copies);
        Files.move(aside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private void look() {
        try {
            if (!Files.exists(file)) {
                order = null;
            } else if (order == null) {
                var words = Files.readString(file).strip().split(" ", 3);
                order = new Order(
                        new Random(Long.parseLong(words[0])), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            }
        } catch (IOException e) {
            order = null;
        }
    }

    @SuppressWarnings("unchecked")
    Producer<String, byte[]> around(Producer<String, byte[]> producer) {
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                Disorder.class.getClassLoader(), new Class<?>[] {Producer.class}, (_, method, arguments) -> {
                    var now = order;
                    if (now != null && method.getName().equals("send")) {
                        var record = (ProducerRecord<String, byte[]>) arguments[0];
                        // The directory is one voice; its order is not in question here.
                        if (!record.topic().equals(DIRECTORY)) {
                            return later(now, producer, record);
                        }
                    }
                    try {
                        return method.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Future<RecordMetadata> later(
            Order order, Producer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        for (int i = 0; i < order.copies(); i++) {
            var _ = post.schedule(
                    () -> {
                        // Headers are made read-only by sending: each copy gets its own.
                        var copy = new ProducerRecord<>(
                                record.topic(), null, record.key(), record.value(), record.headers());
                        return producer.send(copy).get();
                    },
                    order.someWait(),
                    TimeUnit.MILLISECONDS);
        }
        return CompletableFuture.completedFuture(
                new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0));
    }
}
