package org.jiexu.transferin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jiexu.transferin.NewRegion.Answer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Somebody at the service's door. */
final class Visitor {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext service;

    Visitor(ConfigurableApplicationContext service) {
        this.service = service;
    }

    HttpRequest.Builder to(String path) {
        var port = service.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    Answer post(String path, @Nullable String body, String token, String key) {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return ask(
                to(path).header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(publisher),
                token);
    }

    Answer postList(String path, byte[] csv, String token, String key) {
        return ask(
                to(path).header("Content-Type", "text/csv")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(csv)),
                token);
    }

    Answer ask(HttpRequest.Builder request, String token) {
        var answer = send(request, token);
        return new Answer(
                answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()), answer.body());
    }

    String text(String path, String token) {
        return send(to(path), token).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String token) {
        try {
            return http.send(
                    request.header("Authorization", "Bearer " + token)
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
