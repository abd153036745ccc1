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
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jiexu.bus.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A call to a service, bounded: a breaker per target; a second try only where repeating is harmless (GET, or a POST with
 * an Idempotency-Key) and only when the connection was never made.
 */
@Component
final class Guarded {
    private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(2))
            .permittedNumberOfCallsInHalfOpenState(3)
            .recordException(e -> !(e instanceof Problem))
            .build());
    private final Retry retry = Retry.of(
            "gateway",
            RetryConfig.custom()
                    .maxAttempts(3)
                    .intervalFunction(IntervalFunction.ofExponentialBackoff(Duration.ofMillis(100)))
                    .retryOnException(Guarded::wasNeverConnected)
                    .build());

    Guarded(MeterRegistry meters) {
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    ServerResponse call(URI target, ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        var breaker = breakers.circuitBreaker(target.getAuthority());
        try {
            return isRepeatable(request)
                    ? Retry.decorateCheckedSupplier(retry, () -> once(breaker, request, next))
                            .get()
                    : once(breaker, request, next);
        } catch (CallNotPermittedException e) {
            throw unavailable();
        } catch (ResourceAccessException e) {
            LOG.warn("{} does not answer: {}", target, String.valueOf(e.getCause()));
            throw wasAskedInVain(e)
                    ? new Problem(
                            HttpStatus.GATEWAY_TIMEOUT, "SERVICE_TIMEOUT", "办理系统未能及时答复；凭同一 Idempotency-Key 重试不会重复办理。")
                    : unavailable();
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
