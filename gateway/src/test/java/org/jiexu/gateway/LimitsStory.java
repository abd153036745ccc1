package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.gateway.GatewayStory.problem;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.function.IntFunction;
import org.jiexu.bus.testing.MachineRoom;
import org.jiexu.gateway.RunningGateway.Reply;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much, how often and in what shape one may ask. */
class LimitsStory {
    private static final int LARGEST = 64 * 1024;
    private static final String APPLY = "/api/v1/regions/430100/transfers";

    private final RunningGateway gateway = RunningGateway.shared();

    @Nested
    class Size {
        @Test
        void upToTheLimitReachesTheService() {
            var body = "\"" + "x".repeat(LARGEST - 2) + "\"";

            assertThat(gateway.post(APPLY, body).status()).isEqualTo(200);
            assertThat(gateway.changshaIn.last().body()).isEqualTo(body);
        }

        @Test
        void overTheLimitIsRefusedWithAnnouncedLength() {
            long before = gateway.requestsSeen();

            problem(gateway.post(APPLY, "x".repeat(LARGEST + 1)), 413, "BODY_TOO_LARGE");
            assertThat(gateway.requestsSeen()).isEqualTo(before);
        }

        @Test
        void ofAnAgencysFileIsSixteenMebibytesAndOfNothingElseOnThatPath() {
            var path = "/api/v1/agency/430100/participation/imports";
            var file = "x".repeat(LARGEST * 4);

            assertThat(gateway.send(gateway.request(path)
                                    .header("Content-Type", "text/csv;charset=UTF-8")
                                    .POST(BodyPublishers.ofString(file)))
                            .status())
                    .isNotEqualTo(413);
            problem(
                    gateway.send(gateway.request(path)
                            .header("Content-Type", "text/csv")
                            .POST(BodyPublishers.ofByteArray(new byte[(16 << 20) + 1]))),
                    413,
                    "BODY_TOO_LARGE");
            problem(gateway.post(path, file), 413, "BODY_TOO_LARGE");
        }

        @Test
        void overTheLimitIsRefusedWithoutAnnouncedLength() {
            long before = gateway.requestsSeen();
            var body = new byte[LARGEST + 1];

            problem(
                    gateway.send(gateway.request(APPLY)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))),
                    413,
                    "BODY_TOO_LARGE");
            assertThat(gateway.requestsSeen()).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"multipart/form-data; boundary=x", "application/x-www-form-urlencoded"})
        void ofFormsIsNobodysConcernForTheyAreRefused(String contentType) {
            long before = gateway.requestsSeen();

            problem(
                    gateway.send(gateway.request(APPLY)
                            .header("Content-Type", contentType)
                            .POST(BodyPublishers.ofString("a=" + "x".repeat(LARGEST)))),
                    415,
                    "UNSUPPORTED_MEDIA_TYPE");
            assertThat(gateway.requestsSeen()).isEqualTo(before);
        }
    }

    @Nested
    class Rate {
        @Test
        void ofOneCallerIsLimitedWhateverAddressItClaims() {
            var token = gateway.token();

            var refused = untilRefused(i -> gateway.send(gateway.anonymous(APPLY)
                    .header("Authorization", "Bearer " + token)
                    .header("X-Forwarded-For", "10.0.0." + i)
                    .header("Forwarded", "for=10.0.0." + i)
                    .GET()));

            problem(refused, 429, "TOO_MANY_REQUESTS");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            assertThat(gateway.get(APPLY).status()).isEqualTo(200);
        }

        @Test
        void ofStatusQueriesIsCountedApart() {
            var token = gateway.token();
            var number = "/api/v1/transfers/" + Numbers.in(RunningGateway.CHANGSHA);

            var refused = untilRefused(_ -> asked(token, number + "/status"));

            problem(refused, 429, "TOO_MANY_REQUESTS");
            assertThat(asked(token, number).status()).isEqualTo(200);
            // The same address spelt otherwise is none.
            assertThat(asked(token, number + "/%73tatus").status()).isEqualTo(404);
        }

        private Reply asked(String token, String path) {
            return gateway.send(gateway.anonymous(path)
                    .header("Authorization", "Bearer " + token)
                    .GET());
        }

        private static Reply untilRefused(IntFunction<Reply> ask) {
            for (int i = 0; i < 100; i++) {
                var reply = ask.apply(i);
                if (reply.status() != 200) {
                    return reply;
                }
            }
            throw new AssertionError("was never refused");
        }
    }

    @Nested
    class Addresses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "//api/v1/transfers",
                    "/api//v1/transfers",
                    "/api/v1/regions/430100/transfers/",
                    "/API/V1/transfers",
                    "/api/v1/Transfers",
                    "/api/v1/transfers;a=b",
                    "/api/v1/%2e%2e/%2e%2e/actuator/env",
                    "/api/v1/../../actuator/env",
                    "/api/v1/./transfers",
                    "/api/v1/regions%2F430100/transfers",
                    "/api/v1/regions/430100/transfers%00",
                    "/api/v1/regions/430100/transfers%",
                    "/api/v1/regions/430100/transfer%73",
                    "/api/v1/regions/430100/transfers%0d%0aX:y",
                    "/api/v1/regions\\430100\\transfers",
                    "/api/v1/regions/长沙/transfers",
                    "/api/v1/transfers/%25",
                    "/docs/../actuator/env",
                    "/docs/..%2factuator/env",
                    "/nowhere",
                    "*",
                    "http://127.0.0.1:1/api/v1/nowhere",
                })
        void thatNobodyHonestSendsAreRefused(String target) {
            long before = gateway.requestsSeen();

            var answer = gateway.raw("GET", target);

            assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("application/problem+json");
            assertThat(gateway.requestsSeen()).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/actuator",
                    "/actuator/prometheus",
                    "/actuator/env",
                    "/actuator/heapdump",
                    "/actuator/beans",
                    "/actuator/gateway/routes",
                    "/actuator/shutdown",
                })
        void ofTheMachineRoomAreClosed(String path) {
            assertThat(gateway.send(gateway.anonymous(path).GET()).status()).isIn(401, 403, 404);
            problem(gateway.get(path), 403, "FORBIDDEN");
        }

        @Test
        void forHealthAreOpenAndThoseForMeasuresHaveAPortOfTheirOwn() {
            assertThat(gateway.send(gateway.anonymous("/actuator/health").GET()).text("status"))
                    .isEqualTo("UP");
            problem(gateway.send(gateway.anonymous("/actuator/prometheus").GET()), 401, "UNAUTHENTICATED");

            var measures = MachineRoom.measures(gateway.context);

            assertThat(measures).contains("jiexu_gateway_streams");
            assertThat(measures.lines().filter(line -> line.startsWith("resilience4j")))
                    .noneMatch(line -> line.contains("127.0.0.1"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"TRACE", "FROB"})
        void areNotAskedWithStrangeMethods(String method) {
            assertThat(gateway.raw(method, APPLY)).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
        }
    }
}
