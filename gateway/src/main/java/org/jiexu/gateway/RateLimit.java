package org.jiexu.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jiexu.bus.web.Problem;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * How often one caller may ask. Counted per token subject, never by a header that the caller chooses; the status query
 * by number alone is counted apart and narrowly, so that numbers cannot be tried out.
 */
@Component
final class RateLimit {
    private static final Duration FORGET = Duration.ofMinutes(10);

    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().expireAfterAccess(FORGET).maximumSize(100_000).build();
    private final Bandwidth ordinary;
    private final Bandwidth status;

    RateLimit(
            @Value("${jiexu.gateway.requests-per-second:200}") long perSecond,
            @Value("${jiexu.gateway.status-per-minute:60}") long statusPerMinute) {
        ordinary = Bandwidth.builder()
                .capacity(perSecond * 2)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
        status = Bandwidth.builder()
                .capacity(statusPerMinute)
                .refillGreedy(statusPerMinute, Duration.ofMinutes(1))
                .build();
    }

    void take(ServerRequest request) {
        boolean isStatus = request.path().endsWith("/status");
        String caller =
                request.principal().map(principal -> principal.getName()).orElse("");
        var bucket = buckets.get(
                (isStatus ? "status " : "") + caller,
                _ -> Bucket.builder().addLimit(isStatus ? status : ordinary).build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", "请求过于频繁，请稍后再试。")
                    .retryAfter(
                            Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
        }
    }
}
