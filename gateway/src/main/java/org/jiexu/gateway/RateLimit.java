package org.jiexu.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * How often one caller may ask. Counted per token subject, never by a header that the caller chooses. Apart and narrowly:
 * the status query by number alone, so that numbers cannot be tried out, what a person applies for, and what is shown to
 * callers without a token, by the address they come from.
 */
@Component
final class RateLimit {
    private static final Duration FORGET = Duration.ofMinutes(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Pattern APPLICATION =
            Pattern.compile("/api/v1/(regions/[^/]+/(transfers|instant-transfers)|transfers/[^/]+/withdrawal)");

    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().expireAfterAccess(FORGET).maximumSize(100_000).build();
    private final Bandwidth ordinary;
    private final Bandwidth status;
    private final Bandwidth applications;
    private final Bandwidth descriptions;

    RateLimit(
            @Value("${jiexu.gateway.requests-per-second:200}") long perSecond,
            @Value("${jiexu.gateway.status-per-minute:60}") long statusPerMinute,
            @Value("${jiexu.gateway.applications-per-minute:60}") long applicationsPerMinute,
            @Value("${jiexu.gateway.descriptions-per-minute:120}") long descriptionsPerMinute) {
        ordinary = Bandwidth.builder()
                .capacity(perSecond * 2)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
        status = perMinute(statusPerMinute);
        applications = perMinute(applicationsPerMinute);
        descriptions = perMinute(descriptionsPerMinute);
    }

    void take(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        var caller = principal == null ? "" : principal.getName();
        var path = request.getRequestURI();
        if (path.endsWith("/status")) {
            take("status " + caller, status);
            return;
        }
        take(caller, ordinary);
        if (request.getMethod().equals("POST")
                && request.isUserInRole(Role.PERSON.name())
                && APPLICATION.matcher(path).matches()) {
            take("applies " + caller, applications);
        }
    }

    void takeForDescription(HttpServletRequest request) {
        take("from " + request.getRemoteAddr(), descriptions);
    }

    private void take(String key, Bandwidth bandwidth) {
        var bucket = buckets.get(key, _ -> Bucket.builder().addLimit(bandwidth).build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", "请求过于频繁，请稍后再试。")
                    .retryAfter(
                            Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
        }
    }

    private static Bandwidth perMinute(long times) {
        return Bandwidth.builder().capacity(times).refillGreedy(times, MINUTE).build();
    }
}
