package org.jiexu.wire.regulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/regulation: what the register says is enforced has a test that says so, and everything that it names exists. */
class RegulationTest {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(43-art-[0-9]+|R[0-9]+\\.[0-9]+)\"\\)");
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    private final List<Row> register = register();
    private final Map<String, Set<String>> classesByTag = classesByTag();

    /** A line of the register: {@code | 43-art-8 | duty | code | tests | status |}. */
    private record Row(String rule, String code, String tests, String status) {
        boolean isEnforced() {
            return status.startsWith("enforced");
        }
    }

    @Test
    void namesEveryArticleAndEveryRuleOnce() {
        assertThat(register.stream().map(Row::rule).filter(rule -> rule.startsWith("43-art-")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 17)
                        .mapToObj(n -> "43-art-" + n)
                        .toList());
        assertThat(register).extracting(Row::rule).doesNotHaveDuplicates();
        assertThat(register.stream().map(row -> row.rule().split("\\.")[0]).filter(rule -> rule.startsWith("R")))
                .containsAll(IntStream.rangeClosed(1, 13).mapToObj(n -> "R" + n).toList());
    }

    @Test
    void hasATestWithItsTagForWhateverIsEnforced() {
        assertThat(register.stream()
                        .filter(Row::isEnforced)
                        .map(Row::rule)
                        .filter(rule -> !classesByTag.containsKey(rule)))
                .as("enforced in docs/regulation/README.md, and no test has the tag")
                .isEmpty();
    }

    @Test
    void namesTheTestsThatHaveTheTag() {
        var wrong = new ArrayList<String>();
        for (var row : register) {
            var tagged = classesByTag.getOrDefault(row.rule(), Set.of());
            names(row.tests()).stream()
                    .filter(name -> !tagged.contains(name))
                    .forEach(name -> wrong.add(row.rule() + ": " + name + " has no such tag"));
            if (row.isEnforced() && names(row.tests()).isEmpty()) {
                wrong.add(row.rule() + ": no test is named");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void namesOnlyClassesThatExist() {
        var known =
                sources("src/main/java").stream().map(RegulationTest::className).collect(Collectors.toSet());

        var missing = new TreeSet<String>();
        register.forEach(row -> names(row.code()).stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> missing.add(row.rule() + ": " + name)));
        assertThat(missing).isEmpty();
        assertThat(register.stream()
                        .filter(Row::isEnforced)
                        .filter(row -> names(row.code()).isEmpty()))
                .isEmpty();
    }

    @Test
    void knowsEveryTag() {
        var rules = register.stream().map(Row::rule).collect(Collectors.toSet());

        assertThat(classesByTag.keySet()).isSubsetOf(rules);
    }

    private static List<Row> register() {
        try (var lines = Files.lines(root().resolve("docs/regulation/README.md"))) {
            return lines.map(line -> line.split("\\|"))
                    .filter(cells -> cells.length == 6 && cells[1].strip().matches("43-art-[0-9]+|R[0-9]+\\.[0-9]+"))
                    .map(cells -> new Row(cells[1].strip(), cells[3], cells[4], cells[5].strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Set<String>> classesByTag() {
        var found = new TreeMap<String, Set<String>>();
        for (var source : sources("src/test/java")) {
            var tags = TAG.matcher(text(source));
            while (tags.find()) {
                found.computeIfAbsent(tags.group(1), _ -> new TreeSet<>()).add(className(source));
            }
        }
        return found;
    }

    private static List<String> names(String cell) {
        return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    private static String className(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources(String under) {
        return Repository.sources(root(), under);
    }

    private static Path root() {
        return Repository.root();
    }
}
