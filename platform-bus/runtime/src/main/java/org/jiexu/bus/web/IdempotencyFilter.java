package org.jiexu.bus.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import org.jiexu.bus.web.IdempotencyStore.Turn;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/**
 * A POST with an {@code Idempotency-Key} has one effect and one answer, however often it is sent. Runs after the token
 * check (keys belong to a client) and after the body has been read. Two commits: the row before the work, the answer
 * after it.
 */
final class IdempotencyFilter extends OncePerRequestFilter {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /** Answers about the moment or about the caller's right, not about the request. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 405, 406, 408, 413, 415, 429);

    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);

    private final IdempotencyStore store;

    IdempotencyFilter(IdempotencyStore store) {
        this.store = store;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader(HEADER) == null
                // Nobody knows a streamed body before it has been worked on; what takes one knows a file by its digest.
                || WebUtils.getNativeRequest(request, StreamedRequest.class) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var principal = request.getUserPrincipal();
        if (principal == null) {
            chain.doFilter(request, response);
            return;
        }
        var client = principal.getName();
        var key = key(request);
        switch (store.turn(client, key, hash(request))) {
            case Turn.Ours(var fence) ->
                work(new Idempotency.Held(store, client, key, fence), request, response, chain);
            case Turn.Answered answer -> replay(answer, response);
            case Turn.Created(var location) -> {
                response.setHeader(REPLAYED, "true");
                request.getRequestDispatcher(location).forward(new AsGet(request), response);
            }
            case Turn.InFlight() -> throw Idempotency.inFlight();
            case Turn.OtherRequest() ->
                throw new Problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "IDEMPOTENCY_KEY_REUSED",
                        "该 Idempotency-Key 已用于另一请求，请换用新的值。");
        }
    }

    private static String key(HttpServletRequest request) {
        var keys = Collections.list(request.getHeaders(HEADER));
        if (keys.size() != 1 || !FORM.matcher(keys.getFirst()).matches()) {
            throw malformed();
        }
        return keys.getFirst();
    }

    static Problem malformed() {
        return Problem.badRequest("IDEMPOTENCY_KEY_MALFORMED", "Idempotency-Key 应为1至128个可见的ASCII字符，且只能出现一次。");
    }

    private void work(
            Idempotency.Held held, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caught = new ContentCachingResponseWrapper(response);
        boolean answered = false;
        Idempotency.hold(held);
        try {
            chain.doFilter(request, caught);
            answered = true;
        } finally {
            Idempotency.hold(null);
            keep(held, answered ? caught : null);
        }
        caught.copyBodyToResponse();
    }

    /** The answer leaves the house even if it cannot be kept: a retry then finds what was created. */
    private void keep(Idempotency.Held held, @Nullable ContentCachingResponseWrapper answer) {
        try {
            if (answer == null || held.passing || answer.getStatus() >= 500 || PASSING.contains(answer.getStatus())) {
                store.release(held.client, held.key, held.fence);
            } else {
                store.answered(
                        held.client,
                        held.key,
                        held.fence,
                        new Turn.Answered(
                                answer.getStatus(),
                                answer.getContentType(),
                                Bytes.of(answer.getContentAsByteArray()),
                                answer.getHeader(HttpHeaders.LOCATION)));
            }
        } catch (DataAccessException e) {
            log.warn(
                    "the answer to an idempotent request could not be kept: {}",
                    e.getClass().getName());
        }
    }

    private static void replay(Turn.Answered answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setHeader(REPLAYED, "true");
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        if (answer.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, answer.location());
        }
        var body = answer.body().toArray();
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static Bytes hash(HttpServletRequest request) throws IOException {
        var digest = sha256();
        for (var part : new String[] {request.getMethod(), request.getRequestURI(), request.getQueryString()}) {
            digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        digest.update(BodyFilter.body(request));
        return Bytes.of(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
