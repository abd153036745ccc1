package org.jiexu.registry.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.client.HttpRequests;
import org.jiexu.bus.client.ServiceTokens;
import org.jiexu.registry.postgres.DirectoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks the registered services how far their business clock, and their timers, have come. */
@Component
@ConditionalOnProperty(name = "jiexu.clock.mode", havingValue = "sandbox")
class FollowingServices {
    private static final Logger LOG = LoggerFactory.getLogger(FollowingServices.class);
    /** With one more look at everybody it is less than the gateway waits for an answer. */
    private static final Duration CONNECTING = Duration.ofSeconds(1);

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 50;

    private final Duration patience;
    private final DirectoryStore directory;
    private final ServiceTokens tokens;
    private final RestClient rest;

    /** What {@code GET /internal/clock} of a service answers. */
    record ClockView(Instant now, Instant sweptThrough) {
        boolean isAt(Instant wanted) {
            return !now.isBefore(wanted) && !sweptThrough.isBefore(wanted);
        }
    }

    /** @param patience how long the services are waited for before those behind are told */
    FollowingServices(
            @Value("${jiexu.registry.clock-patience:6s}") Duration patience,
            DirectoryStore directory,
            ServiceTokens tokens) {
        this.patience = patience;
        this.directory = directory;
        this.tokens = tokens;
        var requests = HttpRequests.within(CONNECTING, ANSWER);
        this.rest = RestClient.builder().requestFactory(requests).build();
    }

    /** Addresses of the services that have not come to that moment within the patience; empty when all have. */
    List<String> awaitAll(Instant wanted) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        try (var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            var behind = behind(directory.baseUrls(), wanted, asking);
            while (!behind.isEmpty() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                behind = behind(behind, wanted, asking);
            }
            return behind;
        }
    }

    /** All are asked at once: several that hang cost no more than one. */
    private List<String> behind(List<String> services, Instant wanted, Executor asking) {
        return services.stream()
                .map(service -> CompletableFuture.supplyAsync(
                        () -> isAt(service, wanted) ? Optional.<String>empty() : Optional.of(service), asking))
                .toList()
                .stream()
                .flatMap(answer -> answer.join().stream())
                .toList();
    }

    private boolean isAt(String service, Instant wanted) {
        try {
            var view = rest.get()
                    .uri(service + "/internal/clock")
                    .headers(headers -> headers.setBearerAuth(tokens.token()))
                    .retrieve()
                    .body(ClockView.class);
            return view != null && view.isAt(wanted);
        } catch (RestClientException | ServiceTokens.NoToken e) {
            LOG.debug("{} does not tell its clock now", service, e);
            return false;
        }
    }
}
