package org.jiexu.transferin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.domain.Cases.CHANGSHA;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.LineFault;
import org.jiexu.transferin.domain.ListedLine;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Employers' lists as spreadsheets write them, each with the answer that stands in {@code input/lists.md}. */
@Tag("R1.5")
class EmployerListFilesTest {
    private static final Path FILES = Path.of("src/test/resources/input/lists");
    private static final Instant NOW = Instant.parse("2026-12-01T04:00:00Z");
    private static final CertificateRules RULES = new CertificateRules(LocalDate.of(2026, 12, 1), true);

    static List<List<String>> rows() throws IOException {
        return Files.readAllLines(FILES.resolveSibling("lists.md"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("| ") && line.contains(".csv"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** The columns of a row: file, declared encoding, answer, why. */
    @ParameterizedTest
    @MethodSource("rows")
    void everyFileHasItsAnswer(List<String> row) throws IOException {
        var contentType = row.get(1).isEmpty() ? "text/csv" : "text/csv;charset=" + row.get(1);

        assertThat(answer(Files.readAllBytes(FILES.resolve(row.get(0))), contentType))
                .as(row.get(0))
                .isEqualTo(row.get(2));
    }

    @Test
    void noFileIsWithoutAnAnswer() throws IOException {
        try (var files = Files.list(FILES)) {
            assertThat(rows().stream().map(List::getFirst).distinct())
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static String answer(byte[] file, String contentType) {
        try {
            var lines = new ArrayList<ListedLine>();
            new EmployerListReader(new ByteArrayInputStream(file), contentType, CHANGSHA, NOW, RULES)
                    .forEachRemaining(lines::add);
            return lines.isEmpty()
                    ? "no line"
                    : lines.stream().map(EmployerListFilesTest::told).collect(Collectors.joining("; "));
        } catch (Problem problem) {
            assertThat(problem.detail()).endsWith("。");
            return "refused " + problem.code();
        }
    }

    private static String told(ListedLine line) {
        return line.application() != null
                ? line.line() + " taken"
                : line.line() + " "
                        + line.faults().stream()
                                .map(EmployerListFilesTest::told)
                                .collect(Collectors.joining(", "));
    }

    private static String told(LineFault fault) {
        assertThat(fault.message()).endsWith("。");
        return fault.column() == null ? fault.code() : fault.column() + " " + fault.code();
    }
}
