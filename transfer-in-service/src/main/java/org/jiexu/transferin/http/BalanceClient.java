package org.jiexu.transferin.http;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.jiexu.bus.client.HttpRequests;
import org.jiexu.bus.client.ServiceTokens;
import org.jiexu.bus.directory.Directory;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * 余额查询 — what stands on a person's account in another region, asked of its settlement, to be shown only (ADR 0009).
 * Within half a second or not at all: nothing waits for it and nothing is decided by it.
 */
@Component
public class BalanceClient {
    private static final Logger LOG = LoggerFactory.getLogger(BalanceClient.class);
    private static final Duration CONNECT = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final RestClient rest;
    private final ServiceTokens tokens;
    private final Directory directory;
    private final CircuitBreakerRegistry breakers;
    private final TimeLimiter limit =
            TimeLimiter.of(TimeLimiterConfig.custom().timeoutDuration(LIMIT).build());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private record BalanceView(Fen balance) {}

    public BalanceClient(ServiceTokens tokens, Directory directory, ObjectProvider<CircuitBreakerRegistry> breakers) {
        var requests = HttpRequests.within(CONNECT, LIMIT);
        this.rest = RestClient.builder().requestFactory(requests).build();
        this.tokens = tokens;
        this.directory = directory;
        this.breakers = breakers.getIfAvailable(CircuitBreakerRegistry::ofDefaults);
    }

    /** Empty when that region's settlement does not answer now. */
    public Optional<Fen> balance(RegionCode region, PersonId person) {
        var endpoint = directory.endpoint(region, ServiceName.SETTLEMENT);
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        var breaker = breaker(endpoint.get().getAuthority());
        try {
            return Optional.ofNullable(breaker.executeCallable(() ->
                            limit.executeFutureSupplier(() -> CompletableFuture.supplyAsync(
                                    () -> rest.get()
                                            .uri(
                                                    endpoint.get() + "/internal/balances/{region}/{person}",
                                                    region,
                                                    person.value())
                                            .headers(headers -> headers.setBearerAuth(tokens.token()))
                                            .retrieve()
                                            .body(BalanceView.class),
                                    threads))))
                    .map(BalanceView::balance);
        } catch (CallNotPermittedException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception e) {
            LOG.info(
                    "the settlement of {} tells no balance: {}",
                    region,
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private CircuitBreaker breaker(String authority) {
        return breakers.circuitBreaker(
                "settlement-" + authority,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(6)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(2))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .build());
    }
}
