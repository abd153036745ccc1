package org.jiexu.auditor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** I11: nobody's name or number stands in logs, answers, keys, headers or reasons. */
final class NoLeak implements Check {
    private static final int BEGINNING = 3;

    @Override
    public String invariant() {
        return "I11";
    }

    @Override
    public String holds() {
        return "no person is named where nobody may be";
    }

    @Override
    public Result look(Facts facts) {
        var outputs = facts.outputs();
        var persons = byBeginning(outputs.persons());
        var broken = new ArrayList<String>();
        if (!persons.isEmpty()) {
            outputs.files().forEach(file -> read(file, persons, broken));
            for (var said : facts.said()) {
                names(String.join("\n", said.subject(), said.source(), said.to(), said.type()), persons)
                        .ifPresent(_ -> broken.add("the key or a header at " + said.place() + " names somebody"));
            }
            facts.all("quarantined")
                    .filter(row -> names(row.text("reason"), persons).isPresent())
                    .forEach(row -> broken.add("a reason for quarantine names somebody"));
        }
        return new Result(
                outputs.persons().size() + " words, " + outputs.files().size() + " files", broken);
    }

    /** What is found is not repeated here: this text is an output too. */
    private static void read(Path file, Map<String, List<String>> persons, List<String> broken) {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int number = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                // Whatever else the file holds, it cannot fail to be read.
                var text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                if (names(text, persons).isPresent()) {
                    broken.add(file + ":" + number + " names somebody");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> names(String text, Map<String, List<String>> persons) {
        for (int i = 0; i + BEGINNING <= text.length(); i++) {
            for (var word : persons.getOrDefault(text.substring(i, i + BEGINNING), List.of())) {
                if (text.startsWith(word, i)) {
                    return Optional.of(word);
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, List<String>> byBeginning(Set<String> words) {
        return new HashMap<>(words.stream().collect(Collectors.groupingBy(word -> word.substring(0, BEGINNING))));
    }
}
