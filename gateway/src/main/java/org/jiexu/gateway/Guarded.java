package org.jiexu.gateway;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jiexu.bus.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A call to a service, bounded: a breaker and a number of places per target and pace; a second try only where repeating is
 * harmless (GET, or a POST with an Idempotency-Key) and only when the connection was never made. The breaker counts what
 * the service has failed in and nothing else: no connection, no answer in time where answers are quick, a connection that
 * ends without one. An answer, whatever it says, is none, and neither is anything that the caller has sent.
 */
@Component
final class Guarded {
    /** One caller may take so much of the places: a quarter. */
    private static final int PARTS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final Map<Pace, CircuitBreakerConfig> configs = Map.of(
            Pace.QUICK, config(e -> e instanceof ResourceAccessException),
            // Ten slow imports say nothing about the eleventh.
            Pace.LONG, config(e -> e instanceof ResourceAccessException && !wasAskedInVain(e)));
    private final Map<String, Places> places = new ConcurrentHashMap<>();
    private final int quickPlaces;
    private final int longPlaces;
    private final Retry retry = Retry.of(
            "gateway",
            RetryConfig.custom()
                    .maxAttempts(3)
                    .intervalFunction(IntervalFunction.ofExponentialBackoff(Duration.ofMillis(100)))
                    .retryOnException(Guarded::wasNeverConnected)
                    .build());

    Guarded(
            MeterRegistry meters,
            @Value("${jiexu.gateway.places:256}") int quickPlaces,
            @Value("${jiexu.gateway.long-places:32}") int longPlaces) {
        this.quickPlaces = quickPlaces;
        this.longPlaces = longPlaces;
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    private static CircuitBreakerConfig config(Predicate<Throwable> failures) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(2))
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordException(failures)
                .ignoreException(failures.negate())
                .build();
    }

    ServerResponse call(Target target, ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        int most = target.pace() == Pace.LONG ? longPlaces : quickPlaces;
        var taken = places.computeIfAbsent(target.name(), _ -> new Places(most, Math.max(1, most / PARTS)));
        var caller = request.principal().map(Principal::getName).orElse("");
        if (!taken.tryTake(caller)) {
            throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "SERVICE_BUSY", "办理系统正忙，请稍后重试。")
                    .retryAfter(Duration.ofSeconds(2));
        }
        try {
            return guarded(target, request, next);
        } finally {
            taken.leave(caller);
        }
    }

    private ServerResponse guarded(Target target, ServerRequest request, HandlerFunction<ServerResponse> next)
            throws Exception {
        var breaker = breakers.circuitBreaker(target.name(), () -> Objects.requireNonNull(configs.get(target.pace())));
        try {
            return isRepeatable(request)
                    ? Retry.decorateCheckedSupplier(retry, () -> once(breaker, request, next))
                            .get()
                    : once(breaker, request, next);
        } catch (CallNotPermittedException e) {
            throw unavailable();
        } catch (ResourceAccessException e) {
            LOG.warn("{} at {} does not answer: {}", target.name(), target.address(), String.valueOf(e.getCause()));
            throw wasAskedInVain(e)
                    ? new Problem(
                            HttpStatus.GATEWAY_TIMEOUT, "SERVICE_TIMEOUT", "办理系统未能及时答复；凭同一 Idempotency-Key 重试不会重复办理。")
                    : unavailable();
        } catch (IllegalArgumentException e) {
            // Something in the address or the headers that cannot be written to a service.
            LOG.debug("a request cannot be passed on", e);
            throw Problem.badRequest("BAD_ADDRESS", "网址或请求头中含有不允许的字符。");
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerResponse once(
            CircuitBreaker breaker, ServerRequest request, HandlerFunction<ServerResponse> next) throws Throwable {
        return breaker.executeCheckedSupplier(() -> next.handle(request));
    }

    private static Problem unavailable() {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE", "办理系统暂时不可用，请稍后重试。")
                .retryAfter(Duration.ofSeconds(2));
    }

    private static boolean isRepeatable(ServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.headers().firstHeader("Idempotency-Key") != null;
    }

    private static boolean wasNeverConnected(Throwable e) {
        return hasCause(e, ConnectException.class) || hasCause(e, HttpConnectTimeoutException.class);
    }

    /** The service has the request and may yet have done what it asks. */
    private static boolean wasAskedInVain(Throwable e) {
        return !wasNeverConnected(e)
                && (hasCause(e, HttpTimeoutException.class) || hasCause(e, SocketTimeoutException.class));
    }

    private static boolean hasCause(Throwable e, Class<? extends Throwable> kind) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
