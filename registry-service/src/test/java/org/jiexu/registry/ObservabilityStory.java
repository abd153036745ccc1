package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.bus.testing.MachineRoom;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.wire.contract.Topics;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** No alert and no panel stands on a metric that a running service does not export. */
class ObservabilityStory {
    private static final Path FILES = Path.of("..", "deploy", "observability");
    private static final Pattern LABELS =
            Pattern.compile("\\{[^}]*}|\\b(by|without|on|ignoring|group_left)\\s*\\([^)]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[0-9]+[smhdw]]");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*(\\s*\\()?");
    private static final Pattern WHOLE = Pattern.compile("[-+*/%^<>=!~0-9.,()\\s]*");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");
    private static final Set<String> FUNCTIONS =
            Set.of("sum", "max", "min", "avg", "rate", "increase", "topk", "bottomk", "count");

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void everyExpressionIsReadableAndNamesMetricsThatAreReallyExported() throws IOException {
        RandomCase.in(
                        registry,
                        new Random(1),
                        registry.bean(BusinessClock.class).today())
                .events()
                .forEach(Runnable::run);
        registry.awaitRead(Topics.PROGRESS);
        registry.awaitRead(Topics.DEADLINE);
        registry.bean(LimitMetrics.class).look();
        var exported = exported();
        // Prometheus' own, of every target.
        exported.add("up");

        var expressions = new ArrayList<>(alerts());
        expressions.addAll(panels());
        var missing = expressions.stream()
                .flatMap(expression -> metrics(expression).stream()
                        .filter(metric -> !exported.contains(metric))
                        .map(metric -> metric + " in " + expression))
                .toList();

        assertThat(expressions).hasSizeGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    @Test
    void anExpressionThatIsNoneIsFound() {
        assertThat(metrics("sum by (region) (rate(a_total{x=\"y\"}[5m])) / b > 0.1"))
                .containsExactly("a_total", "b");
        assertThatThrownBy(() -> metrics("sum(a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics("summe(a)")).isInstanceOf(IllegalArgumentException.class);
    }

    private Set<String> exported() {
        return MachineRoom.measures(registry.context())
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> alerts() throws IOException {
        var file = JsonMapper.shared().valueToTree(new Yaml().load(Files.readString(FILES.resolve("alerts.yml"))));
        return file.path("groups")
                .valueStream()
                // What settlement alone exports is looked at there.
                .filter(group -> !group.path("name").asString().equals("jiexu-money"))
                .flatMap(group -> group.path("rules").valueStream())
                .map(rule -> rule.path("expr").asString())
                .toList();
    }

    private static List<String> panels() throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve("dashboards"))) {
            var expressions = new ArrayList<String>();
            for (var file : files.sorted().toList()) {
                JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(file));
                dashboard
                        .path("panels")
                        .valueStream()
                        .forEach(panel -> panel.path("targets")
                                .valueStream()
                                .forEach(target ->
                                        expressions.add(target.path("expr").asString())));
            }
            return expressions;
        }
    }

    /** The names of metrics in an expression; throws when it is none of the form that we write. */
    private static Set<String> metrics(String expression) {
        var plain = RANGE.matcher(LABELS.matcher(expression).replaceAll(" ")).replaceAll(" ");
        var metrics = new TreeSet<String>();
        var names = NAME.matcher(plain);
        while (names.find()) {
            var name = names.group();
            if (name.endsWith("(")) {
                var function = name.substring(0, name.length() - 1).strip();
                if (!FUNCTIONS.contains(function)) {
                    throw new IllegalArgumentException(function + " is no function: " + expression);
                }
            } else if (!WORDS.contains(name)) {
                metrics.add(name);
            }
        }
        var rest = NAME.matcher(plain).replaceAll(match -> match.group().endsWith("(") ? "(" : " ");
        int depth = 0;
        for (int i = 0; i < rest.length() && depth >= 0; i++) {
            depth += rest.charAt(i) == '(' ? 1 : 0;
            depth -= rest.charAt(i) == ')' ? 1 : 0;
        }
        if (depth != 0 || !WHOLE.matcher(rest).matches() || metrics.isEmpty()) {
            throw new IllegalArgumentException("not an expression: " + expression);
        }
        return metrics;
    }
}
