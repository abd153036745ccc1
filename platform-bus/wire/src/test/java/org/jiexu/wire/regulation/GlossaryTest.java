package org.jiexu.wire.regulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/glossary.md: public types of the domain, the vocabulary and the contract open with a term that stands in it. */
class GlossaryTest {
    private static final Pattern TYPE = Pattern.compile(
            "/\\*\\*(?<words>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*public (?:final |sealed |abstract )*"
                    + "(?:class|record|enum|interface|@interface) (?<name>\\w+)",
            Pattern.DOTALL);
    private static final Pattern TERM = Pattern.compile("[\\s*]*([《\\p{IsHan}][^—.]*?) —");

    @Test
    void everyTypeOpensWithATermOfTheGlossary() throws IOException {
        var root = Repository.root();
        var rows = Files.readAllLines(root.resolve("docs/glossary.md")).stream()
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length == 5)
                .map(cells -> cells[1].strip() + " " + cells[2].strip())
                .collect(Collectors.toSet());
        var missing = new ArrayList<String>();
        for (var source : Repository.sources(root, "src/main/java")) {
            if (!source.toString().matches(".*/(domain|vocabulary|contract)/[A-Za-z0-9]+\\.java")) {
                continue;
            }
            var type = TYPE.matcher(Files.readString(source));
            if (!type.find()) {
                continue; // Nothing public.
            }
            var term = TERM.matcher(type.group("words"));
            var name = "`" + type.group("name") + "`";
            if (!term.lookingAt()) {
                missing.add(name + " does not open with its Chinese term and a dash");
            } else if (!rows.contains(term.group(1) + " " + name)) {
                missing.add("| " + term.group(1) + " | " + name + " | … | … |");
            }
        }
        assertThat(missing).as("rows missing in docs/glossary.md").isEmpty();
    }
}
