package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jiexu.bus.testing.RawRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one caller sends, and what one service is slow at, is nobody else's trouble. */
class NobodyStopsItStory {
    private static final String APPLY = "/api/v1/regions/430100/transfers";
    private static final String LISTS = "/api/v1/regions/130100/transfer-batches";
    private static final int ENOUGH_TO_OPEN_A_BREAKER = 12;

    private final RunningGateway gateway = RunningGateway.shared();

    @AfterEach
    void answersAgain() {
        gateway.shijiazhuang.answers(Backend.json(200, "{}"));
    }

    @Nested
    class ACallersFault {
        @ParameterizedTest
        @ValueSource(
                strings = {"User-Agent: \u008e", "X-Name: \u00e5\u00bc\u00a0", "Cookie: a\u00ff", "Accept: \u0085"})
        void inAHeaderIsToldToTheCallerAndCountsAgainstNoService(String header) {
            long seen = gateway.requestsSeen();
            long failures = failures();
            var token = gateway.token();

            for (int i = 0; i < ENOUGH_TO_OPEN_A_BREAKER; i++) {
                for (var path : List.of(APPLY, "/api/v1/transfers", "/docs/api/registry", EventStream.PATH, "/docs")) {
                    refused(RawRequest.ask(gateway.port, token, "GET " + path, header));
                    refused(RawRequest.ask(gateway.port, null, "GET " + path, header));
                }
            }

            assertThat(gateway.requestsSeen()).isEqualTo(seen);
            assertThat(failures()).isEqualTo(failures);
            assertThat(gateway.get(APPLY).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"?a={b}", "?a=|", "?a=\u00e9", "?a=%", "?a=[", "?a=%zz", "?a=^`"})
        void inTheQueryCountsAgainstNoService(String query) {
            long failures = failures();

            var answer = RawRequest.ask(gateway.port, gateway.token(), "GET " + APPLY + query);

            assertThat(answer).matches("(?s)HTTP/1\\.1 (200|4\\d\\d) .*");
            assertThat(failures()).isEqualTo(failures);
        }

        @Test
        void inAKeyOrInTwoTokensIsRefused() {
            assertThat(RawRequest.ask(
                            gateway.port,
                            gateway.token(),
                            "POST " + APPLY,
                            "Idempotency-Key: \u00e9",
                            "Content-Length: 0"))
                    .contains("IDEMPOTENCY_KEY_MALFORMED");
            assertThat(RawRequest.ask(
                            gateway.port, gateway.token(), "GET " + APPLY, "Authorization: Bearer " + gateway.token()))
                    .contains("HEADER_TWICE");
        }

        private static void refused(String answer) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json")
                    .contains("HEADER_NOT_READABLE");
        }

        private long failures() {
            return gateway.backends().stream().mapToLong(gateway::failures).sum();
        }
    }

    @Nested
    class ALargeBody {
        @ParameterizedTest
        @CsvSource({
            "PERSON, /api/v1/agency/430100/participation/import, application/json, 403, FORBIDDEN",
            "PERSON, /api/v1/agency/430100/accounts/import, text/plain, 403, FORBIDDEN",
            "PERSON, /api/v1/agency/430100/participation/imports, text/csv, 403, FORBIDDEN",
            "PERSON, /api/v1/regions/430100/transfer-batches, text/csv, 403, FORBIDDEN",
            "CLERK, /api/v1/regions/430100/transfer-batches, text/csv, 403, FORBIDDEN",
            "CLERK, /api/v1/operations/clock, application/json, 403, FORBIDDEN",
            "PERSON, /api/v1/agency/430100/x/import, application/json, 404, NOT_FOUND",
            "CLERK, /api/v1/agency/330200/accounts/import, application/json, 404, NOT_FOUND",
            "CLERK, /api/v1/agency/430100/ledger/import, application/json, 413, BODY_TOO_LARGE",
            "EMPLOYER, /api/v1/regions/430100/transfer-batches, multipart/form-data, 415, UNSUPPORTED_MEDIA_TYPE",
        })
        void isRefusedBeforeAByteOfItHasCome(String role, String path, String type, int status, String code) {
            long seen = gateway.requestsSeen();

            try (var request = RawRequest.begin(
                    gateway.port,
                    gateway.token(role),
                    "POST " + path,
                    "Content-Type: " + type,
                    "Content-Length: 33030144")) {
                assertThat(request.answer())
                        .startsWith("HTTP/1.1 " + status + " ")
                        .contains("\"code\":\"" + code + "\"");
            }
            assertThat(gateway.requestsSeen()).isEqualTo(seen);
        }

        @Test
        void ofSomebodyWhoAsksTooOftenIsNotReadEither() {
            var token = gateway.token("CLERK");
            String answer = "";
            for (int i = 0; i < 50 && !answer.startsWith("HTTP/1.1 429 "); i++) {
                try (var request = RawRequest.begin(
                        gateway.port,
                        token,
                        "POST /api/v1/agency/330200/accounts/import",
                        "Content-Length: 33030144")) {
                    answer = request.answer();
                }
            }

            assertThat(answer).startsWith("HTTP/1.1 429 ").contains("TOO_MANY_REQUESTS");
        }
    }

    @Test
    void tenSlowListsCloseNoDoor() {
        var end = new CountDownLatch(1);
        gateway.shijiazhuang.answers(exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            var replies = IntStream.range(0, ENOUGH_TO_OPEN_A_BREAKER)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> gateway.get(LISTS), Thread::startVirtualThread))
                    .toList();
            assertThat(replies).allMatch(reply -> reply.join().status() == 504);
        } finally {
            gateway.shijiazhuang.answers(Backend.json(200, "{}"));
            end.countDown();
        }

        assertThat(gateway.get(LISTS).status()).as("the next list").isEqualTo(200);
        assertThat(gateway.get("/api/v1/regions/130100/transfers").status())
                .as("everybody else")
                .isEqualTo(200);
    }

    @Test
    void whatMayTakeLongIsWaitedForLonger() {
        gateway.shijiazhuang.answers(exchange -> {
            try {
                Thread.sleep(RunningGateway.READ_TIMEOUT.plusMillis(200));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Backend.write(exchange, 200, "application/json", "{}");
        });

        assertThat(gateway.get(LISTS).status()).isEqualTo(200);
    }

    @Test
    void placesAreForAllAndAPartOfThemForOne() {
        var places = new Places(3, 2);

        assertThat(places.tryTake("a")).isTrue();
        assertThat(places.tryTake("a")).isTrue();
        assertThat(places.tryTake("a")).isFalse();
        assertThat(places.tryTake("b")).isTrue();
        assertThat(places.tryTake("c")).isFalse();
        places.leave("a");
        assertThat(places.tryTake("c")).isTrue();
        places.leave("a");
        assertThat(places.tryTake("a")).isTrue();
        assertThat(places.taken()).isEqualTo(3);
    }
}
