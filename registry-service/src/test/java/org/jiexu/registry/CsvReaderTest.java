package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.registry.CsvReader.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CsvReaderTest {
    @Test
    void readsPlainAndQuotedCellsOfWindowsAndUnixLines() throws IOException {
        assertThat(read("\uFEFFa,b\r\n\"x,1\",\"say \"\"hi\"\"\"\n,\nlast"))
                .containsExactly(
                        new Line(1, List.of("a", "b"), null),
                        new Line(2, List.of("x,1", "say \"hi\""), null),
                        new Line(3, List.of("", ""), null),
                        new Line(4, List.of("last"), null));
    }

    @Test
    void countsTheLinesInsideQuotes() throws IOException {
        assertThat(read("\"a\nb\",c\nd,e"))
                .containsExactly(new Line(1, List.of("a\nb", "c"), null), new Line(3, List.of("d", "e"), null));
    }

    @Test
    void tellsAQuoteThatIsNotClosed() throws IOException {
        assertThat(read("a,b\n\"c,d\ne,f"))
                .containsExactly(
                        new Line(1, List.of("a", "b"), null), new Line(2, List.of(), CsvReader.QUOTE_NOT_CLOSED));
    }

    @Test
    void tellsALineThatIsTooLongAndGoesOnWithTheNext() throws IOException {
        assertThat(read("a\n" + "x".repeat(5000) + "\nb"))
                .containsExactly(
                        new Line(1, List.of("a"), null),
                        new Line(2, List.of(), CsvReader.TOO_LONG),
                        new Line(3, List.of("b"), null));
    }

    @Test
    void replacesWhatCannotBeStored() throws IOException {
        var lines = new ArrayList<Line>();
        var reader = new CsvReader(new ByteArrayInputStream(new byte[] {'a', 0, ',', (byte) 0xC3, (byte) 0x28}));
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }

        assertThat(lines).containsExactly(new Line(1, List.of("a\uFFFD", "\uFFFD("), null));
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** Whatever stands in the cells, written by the rules it is read back. */
    @ParameterizedTest
    @MethodSource("seeds")
    void readsBackWhatWasWritten(int seed) throws IOException {
        var random = new Random(seed);
        var rows = IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(_ -> IntStream.range(0, 2 + random.nextInt(4))
                        .mapToObj(_ -> cell(random))
                        .toList())
                .toList();
        var text = rows.stream()
                .map(row -> row.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(random.nextBoolean() ? "\n" : "\r\n"));

        assertThat(read(text).stream().map(Line::cells).toList()).isEqualTo(rows);
    }

    private static String cell(Random random) {
        var letters = List.of("a", "王", "\"", ",", "\n", " ", "𠀀");
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(_ -> letters.get(random.nextInt(letters.size())))
                .collect(Collectors.joining());
    }

    private static List<Line> read(String text) throws IOException {
        var reader = new CsvReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        var lines = new ArrayList<Line>();
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }
}
