package org.jiexu.bus.testing.walk;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goes to every endpoint of a service with the sample of its body, in every state and role it is given, and with what is
 * malformed, of the wrong type, missing, too long, of another region, repeated. Every answer is 2xx, or a problem
 * document with a code and a Chinese sentence after which nothing has changed. An endpoint that no sample gets into has
 * to be described.
 */
public final class DoorWalk {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CHINESE = "(?s).*\\p{IsHan}.*";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Endpoint> endpoints;
    private final Tables tables;
    private final String origin;
    private final Samples samples;
    private final Map<String, String> voices = new LinkedHashMap<>();
    private final Map<String, List<String>> places = new LinkedHashMap<>();
    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final Map<String, String> questions = new LinkedHashMap<>();
    private final Map<String, String> closed = new LinkedHashMap<>();
    private final Set<String> endless = new LinkedHashSet<>();
    private final Set<String> findings = new LinkedHashSet<>();
    private final Random random;
    private int asked;

    private record Request(
            Endpoint endpoint,
            String path,
            @Nullable String token,
            @Nullable String body,
            String type) {
        Request body(String other) {
            return new Request(endpoint, path, token, other, type);
        }

        Request at(String other) {
            return new Request(endpoint, other, token, body, type);
        }

        Request as(@Nullable String other) {
            return new Request(endpoint, path, other, body, type);
        }

        Request of(String other) {
            return new Request(endpoint, path, token, body, other);
        }

        @Override
        public String toString() {
            return endpoint.method() + " " + shortened(path) + (body == null ? "" : " " + shortened(body));
        }

        private static String shortened(String text) {
            return text.length() < 400 ? text : text.substring(0, 400) + "…";
        }
    }

    public DoorWalk(ConfigurableApplicationContext service, Samples samples, long seed) {
        this.endpoints = Endpoint.of(service);
        this.tables = new Tables(service.getBean(JdbcClient.class));
        this.origin = "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port");
        this.samples = samples;
        this.random = new Random(seed);
    }

    /** Somebody who comes to the door; who comes first is asked first. */
    public DoorWalk voice(String name, String token) {
        voices.put(name, token);
        return this;
    }

    /** What stands in the place of a path variable, one in each state of the thing. */
    public DoorWalk place(String variable, String... values) {
        places.put(variable, List.of(values));
        return this;
    }

    /** The body of an endpoint whose types do not tell enough. */
    public DoorWalk body(String endpoint, String body) {
        bodies.put(endpoint, body);
        return this;
    }

    /** What an endpoint asks for in the query. */
    public DoorWalk asking(String endpoint, String query) {
        questions.put(endpoint, query);
        return this;
    }

    /** What the bus gives to operators of every service; what needs a message that was kept, OperationsStory goes to. */
    public DoorWalk operatorsOfTheBus() {
        var address = "/api/v1/operations/services/{service}/{region}";
        body("POST " + address + "/quarantine/replay", "{\"ids\": [1], \"dryRun\": true}");
        for (var needsAMessage : List.of(
                "GET " + address + "/quarantine/{record}",
                "POST " + address + "/journal/events/{event}/verify",
                "POST " + address + "/parked/{message}/offer",
                "POST " + address + "/{list}/{message}/closing",
                "POST " + address + "/{list}/{message}/closing/approval",
                "POST " + address + "/{list}/{message}/closing/refusal")) {
            closed(needsAMessage, "OperationsStory");
        }
        return place("message", "0");
    }

    /** An endpoint that nothing here can get into, and why. */
    public DoorWalk closed(String endpoint, String why) {
        closed.put(endpoint, why);
        return this;
    }

    /** An endpoint whose answer does not end: a story of its own listens to it. */
    public DoorWalk endless(String endpoint) {
        endless.add(endpoint);
        return this;
    }

    public int asked() {
        return asked;
    }

    /** @return what is wrong, one line each; at most so many spoilt requests of each kind and endpoint */
    public List<String> walk(int most) {
        var described = new ArrayList<>(bodies.keySet());
        described.addAll(closed.keySet());
        described.addAll(questions.keySet());
        described.addAll(endless);
        described.removeAll(endpoints.stream().map(Endpoint::key).toList());
        described.forEach(key -> findings.add("described, but no endpoint: " + key));
        endpoints.stream()
                .filter(endpoint -> !endless.contains(endpoint.key()))
                .forEach(endpoint -> walk(endpoint, most));
        return List.copyOf(findings);
    }

    private void walk(Endpoint endpoint, int most) {
        var sample = sample(endpoint);
        var opened = open(endpoint, sample);
        if (opened == null) {
            if (!closed.containsKey(endpoint.key())) {
                findings.add("no sample gets into " + endpoint.key() + "; describe it");
            }
            opened = request(endpoint, places(endpoint).getFirst(), first(voices.values()), sample);
        } else if (closed.containsKey(endpoint.key())) {
            findings.add("said to be closed, and is not: " + endpoint.key());
        }
        var good = opened;
        some(inEveryState(endpoint, good, sample), most).forEach(this::ask);
        voices.values().forEach(token -> ask(good.as(token)));
        ask(good.as(null));
        ask(good.as("not.a.token"));
        some(spoiltPaths(good), most).forEach(this::ask);
        some(spoiltQueries(good), most).forEach(this::ask);
        some(spoiltBodies(good), most).forEach(this::ask);
        repeat(good);
    }

    private @Nullable Request open(Endpoint endpoint, @Nullable String sample) {
        for (var filled : places(endpoint)) {
            for (var token : voices.values()) {
                var request = request(endpoint, filled, token, sample);
                var answer = ask(request);
                if (answer.statusCode() < 300 || answer.statusCode() == 409 || answer.statusCode() == 422) {
                    return request;
                }
            }
        }
        return null;
    }

    private @Nullable String sample(Endpoint endpoint) {
        var described = bodies.get(endpoint.key());
        if (described != null) {
            return described;
        }
        return endpoint.body() == null ? null : JSON.writeValueAsString(samples.of("body", endpoint.body()));
    }

    private static Request request(Endpoint endpoint, String path, @Nullable String token, @Nullable String sample) {
        return new Request(endpoint, path, token, sample, endpoint.takesFile() ? "text/csv" : "application/json");
    }

    /** The path with each combination of what may stand in its places, the first of each first. */
    private List<String> places(Endpoint endpoint) {
        var all = List.of(endpoint.path());
        for (var variable : endpoint.variables()) {
            var next = new ArrayList<String>();
            for (var path : all) {
                for (var value : places.getOrDefault(variable, List.of("1"))) {
                    next.add(path.replace("{" + variable + "}", escaped(value)));
                }
            }
            all = next;
        }
        return all.stream().map(path -> path + question(endpoint)).toList();
    }

    private String question(Endpoint endpoint) {
        var question = questions.getOrDefault(endpoint.key(), endpoint.fixed());
        return question.isEmpty() ? "" : "?" + question;
    }

    private List<Request> inEveryState(Endpoint endpoint, Request good, @Nullable String sample) {
        var all = new ArrayList<Request>();
        for (var path : places(endpoint)) {
            all.add(request(endpoint, path, good.token(), sample));
        }
        return all;
    }

    private List<Request> spoiltPaths(Request good) {
        var endpoint = good.endpoint();
        var all = new ArrayList<Request>();
        for (var variable : endpoint.variables()) {
            for (var text : Hostile.TEXTS) {
                var path = endpoint.path();
                for (var other : endpoint.variables()) {
                    var kept = places.getOrDefault(other, List.of("1")).getFirst();
                    path = path.replace("{" + other + "}", escaped(other.equals(variable) ? text : kept));
                }
                all.add(good.at(path + question(endpoint)));
            }
        }
        return all;
    }

    private List<Request> spoiltQueries(Request good) {
        var all = new ArrayList<Request>();
        var joint = good.path().contains("?") ? "&" : "?";
        for (var query : good.endpoint().queries()) {
            for (var text : Hostile.TEXTS) {
                all.add(good.at(good.path() + joint + query + "=" + escaped(text)));
            }
            all.add(good.at(good.path() + joint + query + "="));
            all.add(good.at(good.path() + joint + query + "=1&" + query + "=2"));
        }
        all.add(good.at(good.path() + joint + "limit=50&after=%ff"));
        return all;
    }

    private List<Request> spoiltBodies(Request good) {
        var endpoint = good.endpoint();
        var all = new ArrayList<Request>();
        if (endpoint.reads()) {
            return all;
        }
        var body = good.body();
        if (endpoint.takesFile()) {
            Hostile.files(body == null ? "" : body).forEach(file -> all.add(good.body(file)));
        } else {
            Hostile.bodies(body == null ? "{}" : body).forEach(text -> all.add(good.body(text)));
        }
        for (var type :
                List.of("text/plain", "application/xml", "multipart/form-data", "a", "application/json;charset=gbk")) {
            all.add(good.of(type));
        }
        if (body != null && !endpoint.takesFile()) {
            Hostile.spoilt(JSON.readTree(body)).forEach(text -> all.add(good.body(text)));
        }
        return all;
    }

    /** Seeded, in their order. */
    private <T> List<T> some(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        var indices = new ArrayList<Integer>();
        for (int i = 0; i < all.size(); i++) {
            indices.add(i);
        }
        Collections.shuffle(indices, random);
        return indices.subList(0, most).stream().sorted().map(all::get).toList();
    }

    /** Once more with the same key, and without one: never a 5xx, and with the same key the same status. */
    private void repeat(Request good) {
        if (good.endpoint().reads()) {
            return;
        }
        var key = "walk-again-" + ++asked;
        var first = ask(good, key);
        var second = ask(good, key);
        if (first.statusCode() != second.statusCode() && first.statusCode() < 300) {
            findings.add(good + ": " + first.statusCode() + ", repeated with the same key " + second.statusCode());
        }
        ask(good, null);
    }

    private HttpResponse<String> ask(Request request) {
        return ask(request, "walk-" + ++asked);
    }

    private HttpResponse<String> ask(Request request, @Nullable String key) {
        var before = tables.now();
        var answer = send(request, key);
        judge(request, answer);
        if (mayChange(request, answer)) {
            tables.quiet();
        } else if (!Tables.changed(before, tables.now()).isEmpty()) {
            // Something else may have moved: once more, when all is quiet.
            var still = tables.quiet();
            var again = send(request, key == null ? null : key + "-b");
            var changed = Tables.changed(still, tables.now());
            if (!changed.isEmpty() && !mayChange(request, again)) {
                findings.add(request + ": " + again.statusCode() + " " + again.body() + " changed " + changed);
            }
        }
        return answer;
    }

    /** An application that is refused is on record, under its number. */
    private static boolean mayChange(Request request, HttpResponse<String> answer) {
        return (answer.statusCode() < 300 && !request.endpoint().reads())
                || (answer.statusCode() == 422
                        && !json(answer.body()).path("number").isMissingNode());
    }

    private void judge(Request request, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return;
        }
        var problem = json(answer.body());
        boolean told = problem.path("code").asString("").matches("[A-Z][A-Z0-9_]+")
                && problem.path("title").asString("").matches(CHINESE)
                && problem.path("detail").asString("").matches(CHINESE)
                && problem.path("status").asInt(0) == status;
        if (status < 400 || status >= 500 || !told) {
            findings.add(request + " " + request.type() + ": " + status + " " + answer.body());
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.isEmpty() ? "{}" : text);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private HttpResponse<String> send(Request request, @Nullable String key) {
        var body = request.body();
        var building = HttpRequest.newBuilder(URI.create(origin + request.path()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        request.endpoint().method(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!request.endpoint().reads()) {
            building.header("Content-Type", request.type());
            if (key != null) {
                building.header("Idempotency-Key", key);
            }
        }
        if (request.token() != null) {
            building.header("Authorization", "Bearer " + request.token());
        }
        try {
            return http.send(building.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static <T> T first(Iterable<T> all) {
        return all.iterator().next();
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
