package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.story.TransferCase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to the gateway byte for byte, also such as no decent client sends, and the answers as they come. */
record Knock(Sandbox sandbox) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static final String APPLY = "/api/v1/regions/" + SampleRegion.CHANGSHA.code() + "/transfers";

    record Reply(int status, String contentType, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String text(String field) {
            return json().path(field).asString("");
        }

        void isProblem(int status, String code) {
            assertThat(status()).as(body).isEqualTo(status);
            assertThat(contentType).startsWith("application/problem+json");
            assertThat(text("code")).isEqualTo(code);
            assertThat(json().path("status").asInt()).isEqualTo(status);
            assertThat(text("detail")).matches("(?s).*\\p{IsHan}.*。");
        }
    }

    static String user(SamplePerson somebody) {
        return "person-" + somebody.person();
    }

    static String application(SamplePerson somebody, SampleRegion from) {
        return JSON.writeValueAsString(TransferCase.application(somebody, from.code()));
    }

    /** @param key null sends none */
    Reply post(String user, String path, String body, String key) {
        var request = request(user, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return exchange(request);
    }

    Reply ask(String user, String method, String path) {
        return exchange(request(user, path).method(method, BodyPublishers.noBody()));
    }

    HttpRequest.Builder request(String user, String path) {
        return HttpRequest.newBuilder(sandbox.addresses().gateway().resolve(path))
                .header("Authorization", "Bearer " + sandbox.door().token(user));
    }

    Reply exchange(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
