package org.jiexu.bus.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.bus.csv.CsvTable.Row;
import org.jiexu.bus.web.Problem;
import org.jiexu.wire.vocabulary.FileColumn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private enum Columns implements FileColumn {
        NAME("name", "姓名"),
        FROM("fromRegion", "转出地");

        private final String heading;
        private final String chinese;

        Columns(String heading, String chinese) {
            this.heading = heading;
            this.chinese = chinese;
        }

        @Override
        public String heading() {
            return heading;
        }

        @Override
        public String chinese() {
            return chinese;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,fromRegion\n王芳,370800\n",
                "name,fromRegion\r\n王芳,370800\r\n",
                "name,fromRegion\r王芳,370800\r",
                "NAME , FROMREGION\n王芳,370800",
                "转出地,姓名\n370800,王芳\n",
                "\"name\",\"fromRegion\"\n\"王芳\",\"370800\"\n",
                "name,fromRegion,\n王芳,370800,\n",
                "name,fromRegion\n 王芳\u3000,370800\t\n",
                "name,fromRegion\n王芳,370800,,\n",
                "\uFEFF\uFEFFname,fromRegion\n王芳,370800\n\u001A",
                "name,fromRegion\n王芳,370800\u001A"
            })
    void readsARowHoweverASpreadsheetWritesIt(String text) throws IOException {
        assertThat(read(text)).containsExactly(new Row(2, List.of("王芳", "370800"), null));
    }

    @Test
    void countsBlankLinesAndDoesNotTellThem() throws IOException {
        assertThat(read("sep=,\n\nname,fromRegion\n\n  \n,,\n王芳,370800\n,\n"))
                .containsExactly(new Row(7, List.of("王芳", "370800"), null));
    }

    /** What follows a quote that is not closed is read by itself. */
    @Test
    void aMistakeInALineIsToldOfThatLineAlone() throws IOException {
        assertThat(read("name,fromRegion\n\"丁甲,370800\n丁乙,370800\n\"丁丙,370800\n丁\"丁,1\n\"丁\"戊,1\n一\n,,x\n"
                        + "x".repeat(9000) + "\n\"己\"\"\",1\n"))
                .containsExactly(
                        broken(2, LineProblem.QUOTE_NOT_CLOSED),
                        new Row(3, List.of("丁乙", "370800"), null),
                        broken(4, LineProblem.QUOTE_NOT_CLOSED),
                        broken(5, LineProblem.STRAY_QUOTE),
                        broken(6, LineProblem.STRAY_QUOTE),
                        broken(7, LineProblem.WRONG_COLUMN_COUNT),
                        broken(8, LineProblem.WRONG_COLUMN_COUNT),
                        broken(9, LineProblem.LINE_TOO_LONG),
                        new Row(10, List.of("己\"", "1"), null));
    }

    @ParameterizedTest
    @CsvSource({
        "text/csv;charset=GBK, GB18030",
        "text/csv;charset=gb2312, GB18030",
        "text/csv; charset=GB18030, GB18030",
        "text/csv;charset=UTF-8, UTF-8",
        "text/csv, UTF-8",
        "text/csv;charset=UTF-16LE, UTF-16LE",
        "text/csv;charset=UTF-16, UTF-16BE"
    })
    void readsTheEncodingThatIsDeclared(String contentType, String charset) throws IOException {
        var bytes = "name,fromRegion\n谢伟强,370800\n".getBytes(Charset.forName(charset));

        assertThat(read(bytes, contentType)).containsExactly(new Row(2, List.of("谢伟强", "370800"), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void aMarkTellsTheEncodingWhateverIsDeclared(String charset) throws IOException {
        var bytes = "\uFEFFname,fromRegion\r\n王芳,370800\r\n".getBytes(Charset.forName(charset));

        assertThat(read(bytes, "text/csv;charset=GBK")).containsExactly(new Row(2, List.of("王芳", "370800"), null));
    }

    @Test
    void bytesThatAreNoTextRefuseTheFileAndNameTheLine() {
        var gbk = "name,fromRegion\nLi,1\n王芳,370800\n".getBytes(GB18030);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(gbk, "text/csv"))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("UNREADABLE_TEXT");
                    assertThat(problem.document()).containsEntry("line", 3);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                    | 400 EMPTY_FILE
        '\uFEFF'                              | 400 EMPTY_FILE
        'name'                                | 400 BAD_HEADER
        'name,name'                           | 400 BAD_HEADER
        'name;fromRegion'                     | 400 BAD_HEADER
        '名单,,'                              | 400 BAD_HEADER
        '"name,fromRegion'                    | 400 BAD_HEADER
        'n\0a\0m\0e\0'                        | 400 UNREADABLE_TEXT
        ' <html><table>'                      | 400 NOT_CSV
        'PK\003\004'                          | 400 NOT_CSV
        """)
    void refusesWhatHasNoHeader(@Nullable String text, String answer) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(text == null ? "" : text))
                .withMessage(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv;charset=Big5", "text/csv;charset=ISO-8859-1", "text/csv;charset=none-such"})
    void refusesAnEncodingThatItDoesNotRead(String contentType) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(new byte[0], contentType))
                .withMessage("415 UNSUPPORTED_CHARSET");
    }

    /** Whatever stands in the file, each line with content is told once, in order. */
    @Test
    void noLineIsEverSwallowed() throws IOException {
        var random = new Random(41);
        var pieces = List.of("\"", "\"\"", ",", "王芳", "370800", " ", "\u3000", "𠀀", ";", "\u001A", "'", "=");
        for (int i = 0; i < 3000; i++) {
            var lines = IntStream.range(0, random.nextInt(8))
                    .mapToObj(_ -> IntStream.range(0, random.nextInt(7))
                            .mapToObj(_ -> pieces.get(random.nextInt(pieces.size())))
                            .collect(Collectors.joining()))
                    .toList();
            var end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
            var told = read("name,fromRegion" + end + String.join(end, lines) + end).stream()
                    .map(Row::line)
                    .toList();

            assertThat(told)
                    .as(lines.toString())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .containsAll(withContent(lines));
        }
    }

    private static List<Integer> withContent(List<String> lines) {
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            boolean isOdd = lines.get(i).chars().filter(c -> c == '"').count() % 2 == 1;
            if (isOdd || lines.get(i).matches(".*[^\",\\s\u3000\u001A].*")) {
                numbers.add(i + 2);
            }
        }
        return numbers;
    }

    private static Row broken(int line, LineProblem problem) {
        return new Row(line, List.of(), problem);
    }

    private static List<Row> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), "text/csv");
    }

    private static List<Row> read(byte[] bytes, String contentType) throws IOException {
        var table = new CsvTable(new ByteArrayInputStream(bytes), contentType, List.of(Columns.values()));
        var rows = new ArrayList<Row>();
        for (var row = table.next(); row != null; row = table.next()) {
            rows.add(row);
        }
        return rows;
    }
}
