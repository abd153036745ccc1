package org.jiexu.bus.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jiexu.bus.web.TraceContext;
import org.jiexu.wire.vocabulary.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The registry's internal API. Every call here is idempotent, so a failed one is tried again (three times in all) unless
 * it ran out of time; the breaker keeps a dead registry from costing anything. Never call it inside a transaction.
 */
public final class RegistryClient {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int LARGEST_ANSWER = 8 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final RestClient rest;
    private final ServiceTokens tokens;
    private final CircuitBreaker breaker;
    private final Retry retry;

    public RegistryClient(URI registry, ServiceTokens tokens, CircuitBreakerRegistry breakers) {
        var requests = HttpRequests.within(CONNECT, READ);
        this.rest = RestClient.builder()
                .baseUrl(registry.toString())
                .requestFactory(requests)
                .build();
        this.tokens = tokens;
        this.breaker = breakers.circuitBreaker(
                "registry",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(6)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(2))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .ignoreExceptions(RegistryRefused.class, AnswerTooLarge.class)
                        .build());
        this.retry = Retry.of(
                "registry",
                RetryConfig.custom()
                        .maxAttempts(TRIES)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2.0))
                        .retryOnException(e ->
                                e instanceof RegistryUnavailable unavailable && unavailable.mayBeTriedAgainAtOnce())
                        .build());
    }

    /** Checks both sides and, if nothing stands against it, reserves the relationship for the number. */
    public CheckAnswer check(CheckRequest request) {
        return call(HttpMethod.POST, "/internal/checks", request, CheckAnswer.class);
    }

    public SheetRowsAnswer sheetRows(SheetRowsRequest request) {
        return call(HttpMethod.POST, "/internal/sheet-rows", request, SheetRowsAnswer.class);
    }

    /** Throws {@link RegistryRefused} with 404 for a person whom the registry does not know. */
    public OldRecordsAnswer oldRecords(OldRecordsRequest request) {
        return call(HttpMethod.POST, "/internal/old-records", request, OldRecordsAnswer.class);
    }

    /** From when benefits run after a move, as the registry works it out now (R8.4). */
    public BenefitsAnswer benefits(BenefitsRequest request) {
        return call(HttpMethod.POST, "/internal/benefits", request, BenefitsAnswer.class);
    }

    /** Where those are insured now who have left a region; at most 1000 persons in one call. */
    public WhereaboutsAnswer whereabouts(WhereaboutsRequest request) {
        return call(HttpMethod.POST, "/internal/whereabouts", request, WhereaboutsAnswer.class);
    }

    /** Who of at most 1000 persons is registered, and who has a personal account to have in that region. */
    public KnownPersonsAnswer knownPersons(KnownPersonsRequest request) {
        return call(HttpMethod.POST, "/internal/known-persons", request, KnownPersonsAnswer.class);
    }

    /** In parts; one that was taken may be told again. */
    public void register(RegistrationRequest request) {
        request.parts().forEach(part -> guarded(() -> exchange(HttpMethod.POST, "/internal/registrations", part)));
    }

    public PersonView person(PersonId person) {
        return call(HttpMethod.GET, "/internal/persons/" + person.value(), null, PersonView.class);
    }

    /** Every id of the person who has that one. */
    public PersonIds personIds(PersonId person) {
        return call(HttpMethod.GET, "/internal/persons/" + person.value() + "/aliases", null, PersonIds.class);
    }

    private <T> T call(HttpMethod method, String path, @Nullable Object body, Class<T> type) {
        return guarded(() -> {
            try {
                return JSON.readValue(exchange(method, path, body), type);
            } catch (JacksonException e) {
                // Its text may quote what it could not read.
                throw new RegistryUnavailable(
                        "the registry's answer is no " + type.getSimpleName() + ": "
                                + e.getClass().getSimpleName(),
                        false,
                        null);
            }
        });
    }

    private <T> T guarded(Supplier<T> call) {
        try {
            return Retry.decorateSupplier(retry, CircuitBreaker.decorateSupplier(breaker, call))
                    .get();
        } catch (CallNotPermittedException e) {
            throw new RegistryUnavailable("the registry has been failing and is left alone for a moment", false, e);
        }
    }

    private byte[] exchange(HttpMethod method, String path, @Nullable Object body) {
        var token = token();
        var request = rest.method(method)
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .accept(MediaType.APPLICATION_JSON);
        var trace = TraceContext.current();
        if (trace != null) {
            request.header(TraceContext.HEADER, trace.traceparent());
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body));
        }
        try {
            return request.exchangeForRequiredValue((_, response) -> answer(response, token));
        } catch (ResourceAccessException e) {
            throw new RegistryUnavailable("the registry cannot be reached", !isReadTimeout(e), e);
        }
    }

    private byte[] answer(ClientHttpResponse response, String token) throws IOException {
        var status = response.getStatusCode();
        var content = response.getBody().readNBytes(LARGEST_ANSWER + 1);
        if (content.length > LARGEST_ANSWER) {
            throw new AnswerTooLarge();
        }
        if (status.value() == 401) {
            tokens.forget(token); // The issuer may have changed its keys; another token, another try.
            throw new RegistryUnavailable("the registry did not accept this service's token", true, null);
        }
        if (status.value() == 429 || status.is3xxRedirection() || status.is5xxServerError()) {
            throw new RegistryUnavailable("the registry answered " + status.value(), status.is5xxServerError(), null);
        }
        if (status.isError()) {
            throw new RegistryRefused(status.value(), code(content), new String(content, StandardCharsets.UTF_8));
        }
        return content;
    }

    private String token() {
        try {
            return tokens.token();
        } catch (ServiceTokens.NoToken e) {
            throw new RegistryUnavailable("no token to ask the registry with", false, e);
        }
    }

    private static String code(byte[] problem) {
        try {
            return JSON.readTree(problem).path("code").asString("UNKNOWN");
        } catch (JacksonException e) {
            return "UNKNOWN";
        }
    }

    private static boolean isReadTimeout(Throwable exception) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            if (t instanceof HttpTimeoutException) {
                return !(t instanceof HttpConnectTimeoutException);
            }
        }
        return false;
    }
}
