package org.jiexu.bus.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jiexu.bus.web.Problem;
import org.jiexu.wire.vocabulary.FileColumn;
import org.jspecify.annotations.Nullable;

/**
 * A file of named columns, one row at a time. Its first line names the columns, in any order, in English or Chinese. Every
 * line with content is told, as cells or with its problem; what is wrong with the file as a whole is the 400 that says so.
 * Spaces and tabs around a cell are the spreadsheet's and not part of it.
 */
public final class CsvTable {
    private static final String SEPARATOR_TOLD = "sep=,";
    private static final String END_OF_TEXT = "\u001A";

    private final CsvLines lines;
    private final List<? extends FileColumn> columns;
    private final List<@Nullable Integer> columnAt;

    /**
     * A line with content.
     *
     * @param line as a text editor counts it
     * @param cells in the order of the columns; none with a problem
     */
    public record Row(
            int line, List<String> cells, @Nullable LineProblem problem) {
        /** Without the cells: they may be about a person. */
        @Override
        public String toString() {
            return "Row[" + line + "]";
        }
    }

    /** @param contentType of the file, which may tell its encoding; none when nothing was said */
    public CsvTable(InputStream file, @Nullable String contentType, List<? extends FileColumn> columns)
            throws IOException {
        this.columns = List.copyOf(columns);
        this.lines = new CsvLines(file, CsvEncoding.declared(contentType));
        this.columnAt = header();
    }

    /** Null at the end. */
    public @Nullable Row next() throws IOException {
        for (var line = lines.next(); line != null; line = lines.next()) {
            var text = line.text();
            if (text == null) {
                return new Row(line.number(), List.of(), LineProblem.LINE_TOO_LONG);
            }
            if (isBlank(text)) {
                continue;
            }
            switch (CsvCells.of(text)) {
                case CsvCells.Split(var cells) -> {
                    if (!cells.stream().allMatch(CsvTable::isBlank)) {
                        return row(line.number(), cells);
                    }
                }
                case CsvCells.Broken(var problem) -> {
                    return new Row(line.number(), List.of(), problem);
                }
            }
        }
        return null;
    }

    private Row row(int line, List<String> cells) {
        var inOrder = new ArrayList<>(columns.stream().map(_ -> "").toList());
        for (int i = 0; i < cells.size(); i++) {
            var column = i < columnAt.size() ? columnAt.get(i) : null;
            var cell = cells.get(i).strip();
            if (column != null) {
                inOrder.set(column, cell);
            } else if (!cell.isEmpty()) {
                return new Row(line, List.of(), LineProblem.WRONG_COLUMN_COUNT);
            }
        }
        boolean isShort = columnAt.subList(Math.min(cells.size(), columnAt.size()), columnAt.size()).stream()
                .anyMatch(column -> column != null);
        return isShort
                ? new Row(line, List.of(), LineProblem.WRONG_COLUMN_COUNT)
                : new Row(line, List.copyOf(inOrder), null);
    }

    private static boolean isBlank(String text) {
        return text.isBlank() || text.equals(END_OF_TEXT);
    }

    /** For each place in a line its column; none for a place that has no name. */
    private List<@Nullable Integer> header() throws IOException {
        var first = firstLine();
        if (first.indexOf('\0') >= 0) {
            throw Problem.badRequest("UNREADABLE_TEXT", "文件不是UTF-8文本；请在电子表格软件中另存为“CSV UTF-8（逗号分隔）”。")
                    .with("line", 1);
        }
        var names = switch (CsvCells.of(first)) {
            case CsvCells.Split(var cells) -> cells;
            case CsvCells.Broken(var problem) -> throw header(problem.message());
        };
        if (names.size() == 1 && (first.indexOf('，') >= 0 || first.indexOf(';') >= 0 || first.indexOf('\t') >= 0)) {
            throw header("各列之间应以半角逗号分隔。");
        }
        return places(names);
    }

    private String firstLine() throws IOException {
        var line = lines.next();
        while (line != null
                && line.text() != null
                && (isBlank(line.text()) || line.text().strip().equalsIgnoreCase(SEPARATOR_TOLD))) {
            line = lines.next();
        }
        if (line == null) {
            throw Problem.badRequest("EMPTY_FILE", "文件没有内容。");
        }
        var text = line.text();
        if (text == null) {
            throw header("");
        }
        return text;
    }

    private List<@Nullable Integer> places(List<String> names) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            known.put(columns.get(i).heading().toLowerCase(Locale.ROOT), i);
            known.put(columns.get(i).chinese(), i);
        }
        var places = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i).strip().toLowerCase(Locale.ROOT);
            var column = name.isEmpty() ? null : known.get(name);
            if (!name.isEmpty() && (column == null || places.contains(column))) {
                throw header("第%d列的列名不认识或者重复；表格的标题行应删去。".formatted(i + 1));
            }
            places.add(column);
        }
        if (!places.containsAll(known.values())) {
            throw header("缺少某些列。");
        }
        return places;
    }

    private Problem header(String why) {
        var headings = columns.stream().map(FileColumn::heading).toList();
        return Problem.badRequest(
                        "BAD_HEADER",
                        columns.stream()
                                .map(column -> column.heading() + "（" + column.chinese() + "）")
                                .collect(Collectors.joining("、", why + "第一行应为列名，并且恰好包含以下各列：", "。")))
                .with("columns", headings);
    }
}
