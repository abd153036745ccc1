package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jiexu.bus.csv.CsvTable;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.ImportLine;
import org.jiexu.registry.domain.ImportLine.Read;
import org.jiexu.registry.domain.NoticeDays;
import org.jiexu.registry.domain.NoticeDays.Reading;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.jiexu.wire.vocabulary.FileColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of history and of holidays as spreadsheets write them, with the answers of {@code input/imports.md, notices.md}. */
class SpreadsheetFilesTest {
    private static final Path FILES = Path.of("src/test/resources/input");
    private static final CertificateRules RULES = new CertificateRules(LocalDate.of(2026, 12, 1), true);
    private static final Set<String> AGENCIES = Set.of("370899");
    private static final Set<Integer> KNOWN_YEARS = Set.of(2026);

    static List<List<String>> imports() throws IOException {
        return rows("imports.md");
    }

    static List<List<String>> notices() throws IOException {
        return rows("notices.md");
    }

    /** The columns of a row: file, declared encoding, answer, why. */
    private static List<List<String>> rows(String table) throws IOException {
        return Files.readAllLines(FILES.resolve(table), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("| ") && line.contains(".csv"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("imports")
    void everyFileOfHistoryHasItsAnswer(List<String> row) throws IOException {
        assertThat(history(row)).as(row.getFirst()).isEqualTo(row.get(2));
    }

    @ParameterizedTest
    @MethodSource("notices")
    void everyNoticeHasItsAnswer(List<String> row) throws IOException {
        assertThat(notice(row)).as(row.getFirst()).isEqualTo(row.get(2));
    }

    @Test
    void noFileIsWithoutAnAnswer() throws IOException {
        for (var folder : List.of("imports", "notices")) {
            try (var files = Files.list(FILES.resolve(folder))) {
                assertThat(rows(folder + ".md").stream().map(List::getFirst).distinct())
                        .containsExactlyInAnyOrderElementsOf(
                                files.map(file -> file.getFileName().toString()).toList());
            }
        }
    }

    private static String history(List<String> row) throws IOException {
        try {
            var lines = table("imports", row, List.of(ImportLine.Column.values()));
            return lines.isEmpty()
                    ? "no line"
                    : lines.stream().map(SpreadsheetFilesTest::line).collect(Collectors.joining("; "));
        } catch (Problem problem) {
            return "refused " + problem.code();
        }
    }

    private static String line(CsvTable.Row row) {
        var problem = row.problem();
        if (problem != null) {
            return row.line() + " " + problem;
        }
        return switch (ImportLine.read(row.cells(), AGENCIES, RULES)) {
            case Read.Good(var _) -> row.line() + " taken";
            case Read.Bad(var faults) ->
                faults.stream()
                        .map(fault -> {
                            assertThat(fault.message()).endsWith("。");
                            return (fault.column() == null ? "" : fault.column().header() + " ") + fault.code();
                        })
                        .collect(Collectors.joining(", ", row.line() + " ", ""));
        };
    }

    private static String notice(List<String> row) throws IOException {
        try {
            var lines = table("notices", row, List.of(NoticeDays.Column.values())).stream()
                    .map(TakeNotice::line)
                    .toList();
            var region = row.getFirst().startsWith("region-") ? "370800" : NoticeDays.NATIONAL;
            return switch (NoticeDays.read(region, lines, KNOWN_YEARS)) {
                case Reading.Whole(var days) -> days.days().size() + " days";
                case Reading.Faulty(var faults) ->
                    faults.stream()
                            .map(fault -> fault.line() + " " + fault.code())
                            .distinct()
                            .collect(Collectors.joining("; "));
            };
        } catch (Problem problem) {
            return "refused " + problem.code();
        }
    }

    private static List<CsvTable.Row> table(String folder, List<String> row, List<? extends FileColumn> columns)
            throws IOException {
        var file = Files.readAllBytes(FILES.resolve(folder).resolve(row.getFirst()));
        var contentType = row.get(1).isEmpty() ? "text/csv" : "text/csv;charset=" + row.get(1);
        var table = new CsvTable(new ByteArrayInputStream(file), contentType, columns);
        var rows = new ArrayList<CsvTable.Row>();
        for (var read = table.next(); read != null; read = table.next()) {
            rows.add(read);
        }
        return rows;
    }
}
