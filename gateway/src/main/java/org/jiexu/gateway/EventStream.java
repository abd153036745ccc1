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
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
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
 * 变化通知流 — the one answer that does not end: passed on byte by byte as it comes, without the time an ordinary answer may
 * take, and counted by how many are open instead of by how often one asks.
 */
@Component
final class EventStream implements SmartLifecycle {
    static final String PATH = "/api/v1/operations/events/stream";
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final int BUFFER = 4096;

    private final Targets targets;
    private final Semaphore places;
    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    EventStream(Targets targets, MeterRegistry meters, @Value("${jiexu.gateway.streams:200}") int most) {
        this.targets = targets;
        this.places = new Semaphore(most);
        Gauge.builder("jiexu.gateway.streams", places, free -> most - free.availablePermits())
                .description("Open streams of changes")
                .register(meters);
    }

    /** Held by this thread until either side goes away. */
    @Nullable
    ModelAndView pass(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!places.tryAcquire()) {
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_STREAMS", "同时打开的页面过多，请稍后再试。")
                    .retryAfter(Duration.ofSeconds(5));
        }
        try {
            var target = targets.of(Destination.of(PATH).orElseThrow(Problem::notFound));
            copy(ask(target, request), response);
            return null;
        } finally {
            places.release();
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
            var out = response.getOutputStream();
            var buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // Either side has gone: that is how such an answer ends.
            LOG.debug("a stream of changes has ended", e);
        } finally {
            open.remove(answer.body());
        }
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
