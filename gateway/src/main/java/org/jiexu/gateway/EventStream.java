package org.jiexu.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.web.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * 变化通知流 — the one answer that does not end: passed on as it comes, without the time an ordinary answer may take. How
 * many are open is counted, for all and for each caller. When nothing comes, a comment is written from time to time: that
 * is how it is noticed that the caller has gone.
 */
@Component
final class EventStream implements SmartLifecycle {
    static final String PATH = "/api/v1/operations/events/stream";
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final int BUFFER = 4096;
    private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final Places places;
    private final Duration heartbeat;
    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    EventStream(
            MeterRegistry meters,
            @Value("${jiexu.gateway.streams:200}") int most,
            @Value("${jiexu.gateway.streams-of-one:5}") int mostOfOne,
            @Value("${jiexu.gateway.stream-heartbeat:2s}") Duration heartbeat) {
        this.places = new Places(most, mostOfOne);
        this.heartbeat = heartbeat;
        Gauge.builder("jiexu.gateway.streams", places, Places::taken)
                .description("Open streams of changes")
                .register(meters);
    }

    /** Held by this thread until either side goes away. */
    @Nullable
    ModelAndView pass(URI target, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var principal = request.getUserPrincipal();
        var caller = principal == null ? "" : principal.getName();
        if (!places.tryTake(caller)) {
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_STREAMS", "同时打开的页面过多，请稍后再试。")
                    .retryAfter(Duration.ofSeconds(5));
        }
        try {
            copy(ask(target, request), response);
            return null;
        } finally {
            places.leave(caller);
        }
    }

    private HttpResponse<InputStream> ask(URI target, HttpServletRequest request) {
        var asked = HttpRequest.newBuilder(target.resolve(PATH))
                .timeout(HEAD)
                .header(HttpHeaders.ACCEPT, MediaType.TEXT_EVENT_STREAM_VALUE)
                .header(HttpHeaders.AUTHORIZATION, String.valueOf(request.getHeader(HttpHeaders.AUTHORIZATION)))
                .GET()
                .build();
        try {
            return client.send(asked, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE", "办理系统暂时不可用，请稍后重试。")
                    .retryAfter(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("SERVICE_UNAVAILABLE", "办理系统暂时不可用，请稍后重试。");
        }
    }

    private void copy(HttpResponse<InputStream> answer, HttpServletResponse response) throws IOException {
        try (var in = answer.body()) {
            open.add(in);
            if (!running) {
                return;
            }
            response.setStatus(answer.statusCode());
            answer.headers().firstValue(HttpHeaders.CONTENT_TYPE).ifPresent(response::setContentType);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            response.flushBuffer();
            pump(in, response);
        } catch (IOException e) {
            // Either side has gone: that is how such an answer ends.
            LOG.debug("a stream of changes has ended", e);
        } finally {
            open.remove(answer.body());
        }
    }

    /** The reading thread ends with the stream that it reads, which is closed when this returns. */
    private void pump(InputStream in, HttpServletResponse response) throws IOException {
        var pieces = new SynchronousQueue<byte[]>();
        Thread.startVirtualThread(() -> read(in, pieces));
        var out = response.getOutputStream();
        boolean betweenEvents = true;
        try {
            while (true) {
                var piece = pieces.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
                if (piece == null) {
                    // A comment may stand between two events, not within one.
                    if (betweenEvents) {
                        out.write(COMMENT);
                        out.flush();
                    }
                    continue;
                }
                if (piece.length == 0) {
                    return;
                }
                out.write(piece);
                out.flush();
                betweenEvents = endsEvent(piece);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(InputStream in, SynchronousQueue<byte[]> pieces) {
        try {
            var buffer = new byte[BUFFER];
            for (int read = readSome(in, buffer); read > 0; read = readSome(in, buffer)) {
                if (!pieces.offer(Arrays.copyOf(buffer, read), HEAD.toSeconds(), TimeUnit.SECONDS)) {
                    return;
                }
            }
            var _ = pieces.offer(new byte[0], HEAD.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** -1 at the end, and when the stream has been closed from this side. */
    private static int readSome(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            LOG.debug("a stream of changes cannot be read any more", e);
            return -1;
        }
    }

    private static boolean endsEvent(byte[] piece) {
        return piece.length >= 2 && piece[piece.length - 1] == '\n' && piece[piece.length - 2] == '\n';
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the server waits for its requests to end: these would not. */
    @Override
    public void stop() {
        running = false;
        open.forEach(EventStream::end);
    }

    private static void end(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("a stream of changes had ended already", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
