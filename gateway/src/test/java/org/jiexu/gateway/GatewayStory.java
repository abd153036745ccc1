package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jiexu.gateway.RunningGateway.Reply;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers at the door, and that the answer comes through as it was given. */
class GatewayStory {
    private final RunningGateway gateway = RunningGateway.shared();

    @AfterEach
    void everybodyAnswersAgain() {
        gateway.backends().forEach(backend -> {
            backend.answers(Backend.json(200, "{\"backend\":\"" + backend.name() + "\"}"));
            backend.comeBack();
        });
    }

    @Nested
    class Routing {
        @ParameterizedTest
        @CsvSource({
            "/api/v1/regions/430100/transfers, changsha-in",
            "/api/v1/regions/370800/transfers, jining",
            "/api/v1/agency/430100/transfers-out, changsha-out",
            "/api/v1/agency/430100/ledger, changsha-settlement",
            "/api/v1/regions/430100/persons/me/account, changsha-settlement",
            "/api/v1/transfers?limit=3&after=x, registry",
            "/api/v1/operations/clock, registry",
        })
        void leadsToTheServiceOfTheRegionWithTheSameAddress(String path, String backend) {
            var reply = gateway.get(path);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("backend")).isEqualTo(backend);
            assertThat(named(backend).last().address()).isEqualTo(path);
        }

        @Test
        void goesByTheCaseNumbersRegionWhileTheRegistryIsDown() {
            gateway.registry.goDown();

            assertThat(gateway.get("/api/v1/transfers/" + Numbers.in(RunningGateway.CHANGSHA))
                            .text("backend"))
                    .isEqualTo("changsha-in");
            assertThat(gateway.get("/api/v1/transfers/" + Numbers.in(RunningGateway.JINING) + "/status")
                            .text("backend"))
                    .isEqualTo("jining");
            assertThat(gateway.post("/api/v1/regions/430100/transfers", "{}").text("backend"))
                    .isEqualTo("changsha-in");
            problem(gateway.get("/api/v1/transfers"), 503, "SERVICE_UNAVAILABLE");
        }

        @ParameterizedTest
        @ValueSource(strings = {"330200", "110000", "9999ZZ"})
        void hasNothingOfARegionThatIsNotOnThePlatform(String region) {
            problem(gateway.get("/api/v1/agency/" + region + "/tasks"), 404, "NOT_FOUND");
            problem(gateway.get("/api/v1/transfers/" + Numbers.in(new RegionCode(region))), 404, "NOT_FOUND");
        }

        @Test
        void saysThatARegionsServiceIsNotConnectedYet() {
            var path = "/api/v1/agency/" + RunningGateway.HANGZHOU + "/tasks";

            problem(gateway.get(path), 503, "REGION_NOT_CONNECTED");
        }

        @Test
        void neverReachesWhatServicesTellEachOther() {
            long before = gateway.requestsSeen();

            var asService = gateway.send(gateway.anonymous("/internal/checks")
                    .header("Authorization", "Bearer " + gateway.issuer.service())
                    .GET());

            problem(asService, 404, "NOT_FOUND");
            problem(gateway.get("/internal/checks"), 403, "FORBIDDEN");
            assertThat(gateway.requestsSeen()).isEqualTo(before);
        }
    }

    @Nested
    class Tokens {
        @ParameterizedTest
        @ValueSource(strings = {"", "Bearer", "Bearer x.y.z", "Basic YTpi"})
        void areAskedFor(String authorization) {
            long before = gateway.requestsSeen();
            var request = gateway.anonymous("/api/v1/regions/430100/transfers").GET();
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }

            var reply = gateway.send(request);

            problem(reply, 401, "UNAUTHENTICATED");
            assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(gateway.requestsSeen()).isEqualTo(before);
        }

        @Test
        void reachTheServiceWithTheIdempotencyKey() {
            var token = gateway.token();

            gateway.send(gateway.anonymous("/api/v1/regions/430100/transfers")
                    .header("Authorization", "Bearer " + token)
                    .header("Idempotency-Key", "key-1")
                    .header("Content-Type", "application/json")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"name\":\"张三\"}")));

            var seen = gateway.changshaIn.last();
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.headers().get("Authorization")).isEqualTo(List.of("Bearer " + token));
            assertThat(seen.headers().get("Idempotency-Key")).isEqualTo(List.of("key-1"));
            assertThat(seen.headers().getFirst("Content-Type")).startsWith("application/json");
            assertThat(seen.body()).isEqualTo("{\"name\":\"张三\"}");
        }
    }

    @Nested
    class Answers {
        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 409, 422, 429, 500, 503})
        void ofRefusalComeThroughUnchanged(int status) {
            var body = "{\"type\":\"/problems/REFUSED\",\"detail\":\"本次申请不予受理。\",\"code\":\"REFUSED\"}";
            gateway.changshaIn.answers(exchange -> {
                exchange.getResponseHeaders().set("Retry-After", "7");
                Backend.write(exchange, status, "application/problem+json", body);
            });

            var reply = gateway.post("/api/v1/regions/430100/transfers", "{}");

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.header("Retry-After")).isEqualTo("7");
            assertThat(reply.raw().body()).isEqualTo(body);
        }

        @Test
        void ofSuccessComeThroughWithLocationAndWithoutDoubledHeaders() {
            gateway.changshaIn.answers(exchange -> {
                exchange.getResponseHeaders().set("Location", "/api/v1/transfers/x");
                exchange.getResponseHeaders().set("Idempotency-Replayed", "true");
                exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
                exchange.getResponseHeaders().set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
                Backend.write(exchange, 201, "application/json", "{\"statusWords\":\"已受理\"}");
            });

            var reply = gateway.post("/api/v1/regions/430100/transfers", "{}");

            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.raw().body()).isEqualTo("{\"statusWords\":\"已受理\"}");
            assertThat(reply.header("Location")).isEqualTo("/api/v1/transfers/x");
            assertThat(reply.header("Idempotency-Replayed")).isEqualTo("true");
            for (var name : List.of("X-Content-Type-Options", "Cache-Control", "Content-Type", "Content-Length")) {
                assertThat(reply.raw().headers().allValues(name)).as(name).hasSizeLessThan(2);
            }
        }
    }

    @Nested
    class Descriptions {
        @ParameterizedTest
        @CsvSource({
            "registry, registry",
            "transfer-in, changsha-in",
            "transfer-out, changsha-out",
            "settlement, changsha-settlement",
        })
        void ofEveryServiceAreForEverybody(String service, String backend) {
            gateway.backends().forEach(one -> one.answers(Backend.json(200, "{\"openapi\":\"3.1.0\"}")));

            var reply = gateway.send(gateway.anonymous("/docs/api/" + service).GET());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("openapi")).isEqualTo("3.1.0");
            if (!service.equals("transfer-in")) {
                assertThat(named(backend).last().address()).isEqualTo("/v3/api-docs");
            }
        }

        @Test
        void standAtTheAddressWithTheSlashToo() {
            var reply = gateway.send(gateway.anonymous("/docs/").GET());

            assertThat(reply.status()).isEqualTo(307);
            assertThat(reply.header("Location")).isEqualTo("/docs");
        }

        @Test
        void areListedOnOnePage() {
            var page = gateway.send(gateway.anonymous("/docs").GET());
            assertThat(page.status()).isEqualTo(302);
            assertThat(gateway.send(gateway.anonymous("/swagger-ui/index.html").GET())
                            .raw()
                            .body())
                    .contains("swagger-ui");

            var config = gateway.send(
                    gateway.anonymous("/v3/api-docs/swagger-config").GET());
            assertThat(config.json()
                            .path("urls")
                            .valueStream()
                            .map(one -> one.path("url").asString()))
                    .containsExactlyInAnyOrder(
                            "/docs/api/registry",
                            "/docs/api/transfer-in",
                            "/docs/api/transfer-out",
                            "/docs/api/settlement");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/docs/api/other", "/docs/api/REGISTRY", "/docs/api/", "/docs/api/registry/x"})
        void areNotThereForOthers(String path) {
            problem(gateway.send(gateway.anonymous(path).GET()), 404, "NOT_FOUND");
        }
    }

    private Backend named(String name) {
        return gateway.backends().stream()
                .filter(backend -> backend.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    static void problem(Reply reply, int status, String code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.text("code")).isEqualTo(code);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.text("detail")).matches("(?s).*\\p{IsHan}.*。");
    }
}
