package org.jiexu.gateway;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jiexu.bus.service.JiexuService;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.bus.testing.TestIssuer;
import org.jiexu.wire.contract.EndpointV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway as it runs, over real Kafka, with a directory and services of the test's own. One for all stories. */
final class RunningGateway {
    static final RegionCode CHANGSHA = BusTestKit.CHANGSHA;
    static final RegionCode JINING = BusTestKit.JINING;

    /** On the platform, but none of its services has an address. */
    static final RegionCode HANGZHOU = BusTestKit.HANGZHOU;

    /** For what fails: a service of its own, so that its breaker is its own. */
    static final RegionCode ZHUZHOU = new RegionCode("430200");

    static final RegionCode SHIJIAZHUANG = new RegionCode("130100");

    /** Listed, but not on the platform. */
    static final RegionCode NINGBO = new RegionCode("330200");

    static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
    static final Duration LONG_READ_TIMEOUT = Duration.ofSeconds(3);

    private static final JsonMapper JSON = JsonMapper.shared();
    private static @Nullable RunningGateway shared;

    final TestIssuer issuer = new TestIssuer();
    final Backend registry = new Backend("registry");
    final Backend changshaIn = new Backend("changsha-in");
    final Backend changshaOut = new Backend("changsha-out");
    final Backend changshaSettlement = new Backend("changsha-settlement");
    final Backend jining = new Backend("jining");
    final Backend zhuzhou = new Backend("zhuzhou");
    final Backend shijiazhuang = new Backend("shijiazhuang");
    final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong subjects = new AtomicLong();
    final int port;

    /** An answer; the body is read as JSON only when asked for. */
    record Reply(int status, HttpResponse<String> raw) {
        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return JSON.readTree(raw.body());
        }

        String text(String field) {
            return json().path(field).asString("");
        }
    }

    private RunningGateway() {
        var kit = new BusTestKit(CHANGSHA, JINING, HANGZHOU, ZHUZHOU, SHIJIAZHUANG);
        kit.listRegion(
                CHANGSHA,
                List.of(
                        new EndpointV1(ServiceName.TRANSFER_IN, changshaIn.url()),
                        new EndpointV1(ServiceName.TRANSFER_OUT, changshaOut.url()),
                        new EndpointV1(ServiceName.SETTLEMENT, changshaSettlement.url())));
        kit.listRegion(JINING, List.of(new EndpointV1(ServiceName.TRANSFER_IN, jining.url())));
        kit.listRegion(ZHUZHOU, List.of(new EndpointV1(ServiceName.TRANSFER_IN, zhuzhou.url())));
        kit.listRegion(SHIJIAZHUANG, List.of(new EndpointV1(ServiceName.TRANSFER_IN, shijiazhuang.url())));
        kit.say(
                Source.REGISTRY,
                Topics.DIRECTORY,
                Topics.EVERYBODY,
                "region/" + NINGBO,
                new RegionListedV1(
                        NINGBO, "宁波市", NINGBO.province(), "浙江省", "prefecture-city", false, List.of(), List.of()));
        var settings = new HashMap<String, Object>();
        settings.put("spring.kafka.bootstrap-servers", kit.bootstrapServers());
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("server.shutdown", "immediate");
        settings.put("jiexu.base-url", "http://127.0.0.1:1");
        settings.put("jiexu.registry-url", registry.url());
        settings.put("jiexu.issuer", issuer.url());
        settings.put("jiexu.clock.mode", "sandbox");
        settings.put("jiexu.trust.registry-key-file", kit.trustFile().toString());
        settings.put("jiexu.gateway.requests-per-second", "1");
        settings.put("jiexu.gateway.status-per-minute", "3");
        settings.put("spring.http.clients.read-timeout", READ_TIMEOUT.toMillis() + "ms");
        settings.put("jiexu.gateway.long-answers", LONG_READ_TIMEOUT.toMillis() + "ms");
        settings.put("jiexu.gateway.stream-heartbeat", "200ms");
        var arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        context = JiexuService.builder(GatewayApplication.class, "gateway").run(arguments);
        port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        var directory = context.getBean(DirectoryLifecycle.class);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> directory.health().getStatus().equals(Status.UP));
        // The last thing that the directory says is that Ningbo is listed and not on the platform.
        var targets = context.getBean(org.jiexu.bus.directory.Directory.class);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> targets.region(NINGBO).isPresent());
        Runtime.getRuntime().addShutdownHook(new Thread(context::close));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    static synchronized RunningGateway shared() {
        if (shared == null) {
            shared = new RunningGateway();
        }
        return shared;
    }

    /** A token of somebody who has not asked yet: nobody's rate is used up. */
    String token() {
        return token("CLERK");
    }

    String token(String role) {
        return issuer.token("somebody-" + subjects.incrementAndGet(), role, Map.of("region", CHANGSHA.value()));
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, String body) {
        return send(json(path, body));
    }

    HttpRequest.Builder json(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String path) {
        return anonymous(path).header("Authorization", "Bearer " + token());
    }

    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    Reply send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(answer.statusCode(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The whole answer to a request line that no decent client would send. */
    String raw(String method, String target) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            var head = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer "
                    + token() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the gateway has tried that service in vain. */
    long failures(Backend backend) {
        return Stream.of(ServiceName.values())
                .flatMap(service -> Stream.of(Pace.values())
                        .map(pace -> new Target(service, URI.create(backend.url()), pace).name()))
                .mapToLong(this::failures)
                .sum();
    }

    private long failures(String name) {
        return context
                .getBean(MeterRegistry.class)
                .find("resilience4j.circuitbreaker.calls")
                .tags("name", name, "kind", "failed")
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }

    List<Backend> backends() {
        return List.of(registry, changshaIn, changshaOut, changshaSettlement, jining, zhuzhou, shijiazhuang);
    }

    long requestsSeen() {
        return backends().stream().mapToLong(backend -> backend.seen().size()).sum();
    }
}
