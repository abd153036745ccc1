package org.jiexu.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a CSV file (RFC 4180) as they come, one at a time. Nothing is refused here: broken bytes become U+FFFD, and what
 * is no line is told as one with a problem, so that every line of a file is accounted for.
 */
final class CsvReader {
    static final String TOO_LONG = "LINE_TOO_LONG";
    static final String QUOTE_NOT_CLOSED = "QUOTE_NOT_CLOSED";
    private static final int LONGEST = 2000;
    private static final int END = -1;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Reader in;
    private int pushedBack;
    private boolean hasPushedBack;
    private int number = 1;

    /** @param number of its first line in the file, from 1 */
    record Line(int number, List<String> cells, @Nullable String problem) {
        boolean isBlank() {
            return problem == null && cells.size() == 1 && cells.getFirst().isBlank();
        }
    }

    CsvReader(InputStream bytes) throws IOException {
        in = new BufferedReader(new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
        int first = read();
        // Spreadsheets write a byte order mark.
        if (first != BYTE_ORDER_MARK) {
            pushBack(first);
        }
    }

    /** Null at the end. */
    @Nullable
    Line next() throws IOException {
        int c = read();
        if (c == END) {
            return null;
        }
        pushBack(c);
        int first = number;
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        int length = 0;
        while (true) {
            c = read();
            if (c == '\n') {
                number++;
            }
            if (c == END || ++length > LONGEST) {
                boolean tooLong = c != END;
                if (tooLong) {
                    skipLine(c);
                }
                if (quoted || tooLong) {
                    return new Line(first, List.of(), quoted ? QUOTE_NOT_CLOSED : TOO_LONG);
                }
                cells.add(cell.toString());
                return new Line(first, cells, null);
            }
            if (quoted) {
                quoted = inQuotes(c, cell);
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                cells.add(cell.toString());
                return new Line(first, cells, null);
            } else if (c != '\r') {
                cell.append(storable(c));
            }
        }
    }

    /** Whether the quotes are still open afterwards. */
    private boolean inQuotes(int c, StringBuilder cell) throws IOException {
        if (c != '"') {
            cell.append(storable(c));
            return true;
        }
        int next = read();
        if (next == '"') {
            cell.append('"');
            return true;
        }
        pushBack(next);
        return false;
    }

    /** The database cannot keep NUL. */
    private static char storable(int c) {
        return c == 0 ? '\uFFFD' : (char) c;
    }

    private void skipLine(int from) throws IOException {
        for (int c = from; c != '\n' && c != END; ) {
            c = read();
            if (c == '\n') {
                number++;
            }
        }
    }

    private int read() throws IOException {
        if (hasPushedBack) {
            hasPushedBack = false;
            return pushedBack;
        }
        return in.read();
    }

    private void pushBack(int c) {
        pushedBack = c;
        hasPushedBack = true;
    }
}
