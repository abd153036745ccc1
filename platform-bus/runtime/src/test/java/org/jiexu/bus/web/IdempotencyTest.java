package org.jiexu.bus.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {
    private static final TestDoor DOOR = TestDoor.shared();

    private static String thing(String name, String note) {
        return """
            {"person":{"certificateNumber":"999999199001011234","name":"%s"},"months":1,"agreed":true,"note":"%s"}\
            """.formatted(name, note);
    }

    private static TestDoor.Answer post(String key, String name, String note) {
        return postAs("anna", "/api/v1/things", key, thing(name, note));
    }

    private static TestDoor.Answer postAs(String subject, String path, String key, String body) {
        return DOOR.send(DOOR.request(path)
                .header("Authorization", "Bearer " + DOOR.issuer.token(subject, "CLERK", Map.of("region", "430100")))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    private static long things(String name) {
        return DOOR.jdbc
                .sql("select count(*) from thing where name = :name")
                .param("name", name)
                .query(Long.class)
                .single();
    }

    private static void age(String key) {
        DOOR.jdbc
                .sql("update idempotency_key set started_at = started_at - interval '1 minute' where key = :key")
                .param("key", key)
                .update();
    }

    @Test
    void isRequiredWhereSomethingIsCreated() {
        var answer = DOOR.post("/api/v1/things", thing("none", ""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("IDEMPOTENCY_KEY_REQUIRED");
        assertThat(things("none")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "k\tk"})
    void isVisibleAscii(String key) {
        assertThat(post(key, "malformed", "").code()).isEqualTo("IDEMPOTENCY_KEY_MALFORMED");
        assertThat(post("k".repeat(129), "malformed", "").code()).isEqualTo("IDEMPOTENCY_KEY_MALFORMED");
    }

    @Test
    void givesTheSameAnswerTwiceAndCreatesOnce() {
        var first = post("twice", "twice", "");
        var second = post("twice", "twice", "");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.contentType()).isEqualTo(first.contentType());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(things("twice")).isEqualTo(1);
    }

    @Test
    void givesARefusalAgainToo() {
        var first = postAs("anna", "/api/v1/notes", "refused", thing("refused", "refuse"));
        var second = postAs("anna", "/api/v1/notes", "refused", thing("refused", "refuse"));

        assertThat(first.status()).isEqualTo(422);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.contentType()).isEqualTo("application/problem+json");
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    @Tag("R11.3")
    void isForOneRequestOnly() {
        post("reused", "reused", "");

        assertThat(post("reused", "other", "").code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(post("reused", "other", "").status()).isEqualTo(422);
        assertThat(postAs("anna", "/api/v1/notes", "reused", thing("reused", ""))
                        .status())
                .isEqualTo(422);
        assertThat(things("other")).isZero();
    }

    @Test
    void belongsToOneClient() {
        post("shared", "shared", "");

        assertThat(postAs("boris", "/api/v1/things", "shared", thing("shared", ""))
                        .header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(things("shared")).isEqualTo(2);
    }

    @Test
    void letsOneOfTwoAtOnceThroughAndTellsTheOtherToWait() throws Exception {
        var slow = CompletableFuture.supplyAsync(() -> post("at-once", "at-once", "slow"));
        ThingApplication.Things.SLOW_HAS_BEGUN.await();

        var other = post("at-once", "at-once", "slow");
        ThingApplication.Things.SLOW_MAY_END.countDown();

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_IN_FLIGHT");
        assertThat(other.header("Retry-After")).isEqualTo("1");
        assertThat(slow.get().status()).isEqualTo(201);
        assertThat(post("at-once", "at-once", "slow").header("Idempotency-Replayed"))
                .isEqualTo("true");
        assertThat(things("at-once")).isEqualTo(1);
    }

    @Test
    void createsOnceHoweverManyComeAtOnce() {
        var all = IntStream.range(0, 16)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> post("crowd", "crowd", "")))
                .toList();

        assertThat(all.stream().map(answer -> answer.join().status())).isSubsetOf(201, 409);
        assertThat(things("crowd")).isEqualTo(1);
    }

    @Test
    void isFreeAgainWhenTheWorkWasUndone() {
        var first = post("stale", "stale", "stale");
        var second = post("stale", "stale", "stale");

        assertThat(first.code()).isEqualTo("CHANGED_MEANWHILE");
        assertThat(second.header("Idempotency-Replayed")).isEmpty();
        assertThat(things("stale")).isZero();
        assertThat(rows("stale")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"break-after-commit, 500", "busy, 503"})
    void answersFromWhatWasCreatedThoughTheFirstAnswerWasAnError(String note, int status) {
        var first = post(note, note, note);
        var second = post(note, note, note);

        assertThat(first.status()).isEqualTo(status);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("name").asString()).isEqualTo(note);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(things(note)).isEqualTo(1);
    }

    @Test
    void isTakenOverAfterACrashBeforeTheCommit() {
        dies("before", "taken-over", null);

        assertThat(post("before", "taken-over", "").code()).isEqualTo("IDEMPOTENCY_IN_FLIGHT");
        age("before");
        assertThat(post("before", "taken-over", "").status()).isEqualTo(201);
        assertThat(things("taken-over")).isEqualTo(1);
    }

    @Test
    void answersFromWhatWasCreatedAfterACrashBehindTheCommit() {
        var created = post("original", "survived", "").header("Location");
        dies("behind", "survived", created);

        assertThat(post("behind", "survived", "").status()).isEqualTo(409);
        age("behind");
        var answer = post("behind", "survived", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("name").asString()).isEqualTo("survived");
        assertThat(answer.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(post("behind", "another", "").status()).isEqualTo(422);
        assertThat(things("survived")).isEqualTo(1);
    }

    @Test
    void stopsTheSlowOneWhoseWorkWasTakenOver() {
        var store = new IdempotencyStore(DOOR.jdbc, Duration.ofMillis(1));
        var hash = Bytes.ofUtf8("hash");
        var slow = (IdempotencyStore.Turn.Ours) store.turn("anna", "fence", hash);
        var taker = new IdempotencyStore.Turn[1];
        Awaitility.await().until(() -> {
            taker[0] = store.turn("anna", "fence", hash);
            return taker[0] instanceof IdempotencyStore.Turn.Ours;
        });

        assertThat(store.created("anna", "fence", slow.fence(), "/slow")).isFalse();
        assertThat(store.created("anna", "fence", ((IdempotencyStore.Turn.Ours) taker[0]).fence(), "/taker"))
                .isTrue();
    }

    @Test
    void isForgottenAfterItsTime() {
        post("old", "old", "");
        DOOR.jdbc
                .sql("update idempotency_key set started_at = started_at - interval '3 days' where key = 'old'")
                .update();

        assertThat(new IdempotencyStore(DOOR.jdbc, Duration.ofSeconds(30)).forgetOlderThan(Duration.ofDays(2)))
                .isEqualTo(1);
        assertThat(rows("old")).isZero();
    }

    private static long rows(String key) {
        return DOOR.jdbc
                .sql("select count(*) from idempotency_key where key = :key")
                .param("key", key)
                .query(Long.class)
                .single();
    }

    /** What a process leaves behind that was killed while it worked for this key. */
    private static void dies(String key, String name, @Nullable String location) {
        var created = post(key, name, "").json().path("id").asLong();
        DOOR.jdbc.sql("delete from thing where id = :id").param("id", created).update();
        DOOR.jdbc.sql("""
            update idempotency_key
               set state = 'IN_FLIGHT', location = :location, response_status = null, response_body = null
             where key = :key
            """).param("key", key).param("location", location).update();
    }
}
