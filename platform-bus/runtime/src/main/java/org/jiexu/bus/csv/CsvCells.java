package org.jiexu.bus.csv;

import java.util.ArrayList;
import java.util.List;

/** The cells of one line (RFC 4180, without line breaks in cells). */
sealed interface CsvCells {
    record Split(List<String> cells) implements CsvCells {}

    record Broken(LineProblem problem) implements CsvCells {}

    static CsvCells of(String line) {
        var cells = new ArrayList<String>();
        int at = 0;
        while (true) {
            int end = line.indexOf(',', at);
            if (at < line.length() && line.charAt(at) == '"') {
                int closing = closing(line, at);
                if (closing < 0) {
                    return new Broken(LineProblem.QUOTE_NOT_CLOSED);
                }
                end = line.indexOf(',', closing);
                if (!line.substring(closing + 1, end < 0 ? line.length() : end).isBlank()) {
                    return new Broken(LineProblem.STRAY_QUOTE);
                }
                cells.add(line.substring(at + 1, closing).replace("\"\"", "\""));
            } else {
                var cell = line.substring(at, end < 0 ? line.length() : end);
                if (cell.indexOf('"') >= 0) {
                    return new Broken(LineProblem.STRAY_QUOTE);
                }
                cells.add(cell);
            }
            if (end < 0) {
                return new Split(cells);
            }
            at = end + 1;
        }
    }

    /** Where the quote is that ends the cell which one opens at {@code opening}; -1 when there is none. */
    private static int closing(String line, int opening) {
        int at = line.indexOf('"', opening + 1);
        while (at >= 0 && at + 1 < line.length() && line.charAt(at + 1) == '"') {
            at = line.indexOf('"', at + 2);
        }
        return at;
    }
}
