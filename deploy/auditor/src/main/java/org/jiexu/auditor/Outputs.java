package org.jiexu.auditor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What programs wrote down for people, and the words that must not stand there.
 *
 * @param persons names and numbers of everybody whom the platform knew, one a word
 */
public record Outputs(Set<String> persons, List<Path> files) {
    static final Outputs NONE = new Outputs(Set.of(), List.of());

    /**
     * Reads whom and where.
     *
     * @param persons a word a line
     * @param places files, or directories with files below them
     */
    public static Outputs of(Path persons, List<Path> places) throws IOException {
        var words = Files.readAllLines(persons).stream()
                .map(String::strip)
                .filter(word -> word.length() > 2)
                .collect(Collectors.toSet());
        var files = new java.util.ArrayList<Path>();
        for (var place : places) {
            try (var below = Files.walk(place)) {
                below.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return new Outputs(words, List.copyOf(files));
    }
}
