package org.jiexu.bus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.testing.RawRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whoever means harm is stopped before anything happens, and holds nothing that others need. */
class DoorGuardTest {
    private static final TestDoor DOOR = TestDoor.shared();
    private static final String IMPORT = "POST /api/v1/agency/430100/participation/import";
    private static final String JSON = "Content-Type: application/json";
    private static final String THING = """
        {"person":{"certificateNumber":"999999199001011234","name":"张三"},"months":1,"agreed":true}\
        """;

    private static String clerk(String subject) {
        return DOOR.issuer.token(subject, "CLERK", Map.of("region", "430100"));
    }

    private static String person() {
        return DOOR.issuer.token("somebody", "PERSON", Map.of("person", "P000000000001"));
    }

    private static void refused(String answer, int status, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json")
                .contains("\"code\":\"" + code + "\"")
                .containsPattern("\"detail\":\"[^\"]*\\p{IsHan}[^\"]*。\"");
    }

    @Nested
    class Headers {
        @ParameterizedTest
        @ValueSource(
                strings = {"User-Agent", "Accept", "Accept-Language", "X-Anything", "Cookie", "traceparent", "Referer"})
        void inOtherBytesThanAsciiAreRefusedWithAndWithoutAToken(String name) {
            var errors = errors(() -> {
                for (var value : List.of("\u008e", "\u00e9\u0095\u00bf", "a\u00ff", "\u0080b")) {
                    for (var path : List.of("/api/v1/me", "/actuator/health", "/v3/api-docs", "/nowhere")) {
                        var line = name + ": " + value;

                        refused(RawRequest.ask(DOOR.port, null, "GET " + path, line), 400, "HEADER_NOT_READABLE");
                        refused(
                                RawRequest.ask(DOOR.port, clerk("anna"), "GET " + path, line),
                                400,
                                "HEADER_NOT_READABLE");
                    }
                }
            });

            assertThat(errors).isEmpty();
        }

        @Test
        void ofAKeyThatOnlyLooksLikeAnotherAreRefused() {
            var answer = RawRequest.ask(
                    DOOR.port,
                    clerk("anna"),
                    "POST /api/v1/things",
                    JSON,
                    "Idempotency-Key: k\u00e9y",
                    "Content-Length: 0");

            refused(answer, 400, "IDEMPOTENCY_KEY_MALFORMED");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Authorization: Bearer x", "Content-Type: text/csv", "Content-Encoding: gzip"})
        void thatDecideAreThereOnce(String second) {
            var first = second.startsWith("Authorization") ? "X-Nothing: a" : second.replaceAll(": .*", ": identity");

            refused(
                    RawRequest.ask(DOOR.port, clerk("anna"), "POST /api/v1/things", first, second, "Content-Length: 0"),
                    400,
                    "HEADER_TWICE");
        }

        private static List<String> errors(Runnable work) {
            var appender = new ListAppender<ILoggingEvent>();
            var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            appender.start();
            root.addAppender(appender);
            try {
                work.run();
            } finally {
                root.detachAppender(appender);
            }
            return List.copyOf(appender.list).stream()
                    .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }
    }

    @Nested
    class AnAnswerInAFormThatWeDoNotWrite {
        @ParameterizedTest
        @ValueSource(strings = {"application/xml", "text/html", "image/png", "nonsense", "application/json;q=0"})
        void isRefusedBeforeAnythingIsDoneAndTheKeyStaysFree(String accept) {
            long before = things();
            var key = "accept-" + accept.hashCode();

            var refused = create(key, accept);

            assertThat(refused.status()).isEqualTo(406);
            assertThat(refused.code()).isEqualTo("NOT_ACCEPTABLE");
            assertThat(things()).isEqualTo(before);
            var done = create(key, "*/*");
            assertThat(done.status()).isEqualTo(201);
            assertThat(done.header("Idempotency-Replayed")).isEmpty();
            assertThat(things()).isEqualTo(before + 1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"application/json", "application/*", "text/html, */*;q=0.1", "application/problem+json"})
        void isWrittenWhenOneOfThoseWillDo(String accept) {
            assertThat(DOOR.send(DOOR.authorised("/api/v1/me").header("Accept", accept))
                            .status())
                    .isEqualTo(200);
        }

        private static long things() {
            return DOOR.jdbc.sql("select count(*) from thing").query(Long.class).single();
        }

        private static TestDoor.Answer create(String key, String accept) {
            return DOOR.send(DOOR.authorised("/api/v1/things")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .header("Accept", accept)
                    .POST(BodyPublishers.ofString(THING)));
        }
    }

    @Nested
    class ABodyOfWhichNotAByteHasCome {
        @ParameterizedTest
        @CsvSource({
            "POST /api/v1/agency/430100/participation/import, application/json, 403, FORBIDDEN",
            "POST /api/v1/operations/clock, application/json, 404, NOT_FOUND",
            "POST /api/v1/agency/430100/x/import, application/json, 404, NOT_FOUND",
            "POST /api/v1/me, application/json, 405, METHOD_NOT_ALLOWED",
            "POST /api/v1/files, application/json, 415, UNSUPPORTED_MEDIA_TYPE",
            "POST /internal/ping, application/json, 403, FORBIDDEN",
        })
        void isNotWaitedForByWhomIsRefusedAnyhow(String line, String type, int status, String code) {
            for (var expect : List.of("X-Nothing: a", "Expect: 100-continue")) {
                try (var request = RawRequest.begin(
                        DOOR.port, person(), line, "Content-Type: " + type, "Content-Length: 200000", expect)) {
                    refused(request.answer(), status, code);
                }
            }
        }
    }

    @Nested
    class BodiesInMemory {
        private static final long LARGE = 262_144;

        @Test
        void areBoundedForEachAndForAllAndGivenBack() throws IOException {
            var held = new ArrayList<RawRequest>();
            try {
                for (int i = 0; i < 4; i++) {
                    held.add(large("clerk-" + i));
                    int all = held.size();
                    await().until(() -> inMemory() == all * LARGE);
                }
                held.add(large("clerk-4"));
                var last = held.removeLast();
                refused(last.answer(), 503, "BODIES_IN_HAND");
                last.close();
                held.removeLast().close();
                await().until(() -> inMemory() == held.size() * LARGE);
                // There is room again, but not twice for the same caller.
                try (var again = large("clerk-0")) {
                    refused(again.answer(), 429, "TOO_MANY_BODIES");
                }
                assertThat(DOOR.post("/api/v1/notes", THING).status())
                        .as("others' ordinary bodies")
                        .isEqualTo(200);
            } finally {
                held.forEach(RawRequest::close);
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            DOOR.post("/api/v1/agency/430100/participation/import", "[\"" + "a".repeat(240_000) + "\"]")
                                            .status()
                                    == 200);
        }

        private static long inMemory() {
            return (long) DOOR.meters
                    .get("jiexu.web.bodies")
                    .tag("kind", "large")
                    .gauge()
                    .value();
        }

        /** Nearly all of it has come, and it is held in memory. */
        private RawRequest large(String subject) throws IOException {
            var request = RawRequest.begin(DOOR.port, clerk(subject), IMPORT, JSON, "Content-Length: " + LARGE);
            try {
                request.send("[\"" + "a".repeat(200_000));
            } catch (IOException e) {
                // Refused already.
            }
            return request;
        }
    }

    @Test
    void aBodyThatDripsIsCutOff() throws Exception {
        long begin = System.nanoTime();
        try (var request = RawRequest.begin(
                DOOR.port, clerk("slow"), "POST /api/v1/notes", JSON, "Content-Length: " + THING.length())) {
            var dripping = Thread.startVirtualThread(() -> drip(request));

            refused(request.answer(), 408, "BODY_TOO_SLOW");
            request.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(1400), Duration.ofSeconds(10));
            dripping.join();
        }
    }

    private static void drip(RawRequest request) {
        try {
            for (int i = 0; i < 60; i++) {
                request.send("x");
                Thread.sleep(100);
            }
        } catch (IOException e) {
            // Cut off.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
