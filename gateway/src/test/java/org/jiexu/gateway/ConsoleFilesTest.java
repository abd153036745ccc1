package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the pages' own files keep to. */
class ConsoleFilesTest {
    private static final Path CONSOLE = Path.of("src", "main", "resources", "console");
    private static final Pattern SAID = Pattern.compile("\\bt\\('([^']+)'");
    private static final Pattern TRANSLATED = Pattern.compile("'([^']+)': ['\"]");
    private static final Pattern IMPORTED = Pattern.compile("(?:from|import)\\s*\\(?'([^']+)'");
    private static final int MOST_LINES = 400;

    @Test
    void sayEverythingInEnglishToo() {
        Set<String> english = results(TRANSLATED, read(CONSOLE.resolve("app/words-en.js")));

        var missing = new TreeSet<String>();
        scripts().forEach(script -> missing.addAll(results(SAID, read(script))));
        missing.removeAll(english);

        assertThat(missing).isEmpty();
    }

    @Test
    void nameOnlyFilesThatExist() {
        assertThat(scripts())
                .allSatisfy(script -> assertThat(results(IMPORTED, read(script)))
                        .allSatisfy(imported -> {
                            var file = script.resolveSibling(imported).normalize();
                            assertThat(Files.exists(file)
                                            || file.endsWith(Path.of("lib", "htm.js"))
                                            || file.endsWith(Path.of("lib", "echarts.js")))
                                    .as(script + " imports " + imported)
                                    .isTrue();
                        }));
    }

    /** Text is shown as text: nothing makes markup, or code, of a string. */
    @Test
    void makeNoMarkupOfText() {
        assertThat(scripts())
                .allSatisfy(script -> assertThat(read(script))
                        .as(script.toString())
                        .doesNotContainPattern(
                                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|v-html|\\beval\\(|new"
                                        + " Function"));
    }

    @Test
    void areSmall() {
        assertThat(scripts())
                .allSatisfy(script -> assertThat(read(script).lines().count())
                        .as(script.toString())
                        .isLessThanOrEqualTo(MOST_LINES));
    }

    private static List<Path> scripts() {
        try (var files = Files.walk(CONSOLE)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> results(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
