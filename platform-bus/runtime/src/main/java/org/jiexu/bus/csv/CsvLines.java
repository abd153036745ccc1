package org.jiexu.bus.csv;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import org.jiexu.bus.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file as a text editor counts them, one at a time: each ends with LF, CR or both, whatever quotes are open.
 * Bytes that are no text in the file's encoding refuse the file, with the first line that has them.
 */
final class CsvLines {
    static final int LONGEST = 2000;
    private static final int MOST_BYTES = LONGEST * 4;
    private static final int END = -1;
    private static final int END_OF_TEXT = 0x1A;

    private final BufferedInputStream file;
    private final CsvEncoding encoding;
    private int number;
    private int ahead = END;
    private boolean isAhead;

    /** @param text null for a line that is longer than any that is read */
    record Line(int number, @Nullable String text) {}

    CsvLines(InputStream bytes, @Nullable CsvEncoding declared) throws IOException {
        file = new BufferedInputStream(bytes);
        encoding = CsvEncoding.of(file, declared);
    }

    /** Null at the end. */
    @Nullable
    Line next() throws IOException {
        int unit = read();
        if (unit == END) {
            return null;
        }
        number++;
        var line = new ByteArrayOutputStream();
        boolean isTooLong = false;
        while (unit != END && unit != '\n' && unit != '\r') {
            if (line.size() < MOST_BYTES) {
                keep(line, unit);
            } else {
                isTooLong = true;
            }
            unit = read();
        }
        if (unit == '\r') {
            int after = read();
            if (after != '\n') {
                ahead = after;
                isAhead = true;
            }
        }
        return new Line(number, isTooLong ? null : shortEnough(text(line.toByteArray(), unit == END)));
    }

    private static @Nullable String shortEnough(String text) {
        return text.length() > LONGEST ? null : text;
    }

    /** DOS ended a text with Control-Z, and some programs still do. */
    private String text(byte[] line, boolean isLast) {
        try {
            var text = encoding.charset()
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return isLast && !text.isEmpty() && text.charAt(text.length() - 1) == END_OF_TEXT
                    ? text.substring(0, text.length() - 1)
                    : text;
        } catch (CharacterCodingException e) {
            throw Problem.badRequest(
                            "UNREADABLE_TEXT",
                            "第%d行不是有效的%s文本，整个文件没有处理；请在电子表格软件中另存为“CSV UTF-8（逗号分隔）”。".formatted(number, encoding.words()))
                    .with("line", number);
        }
    }

    private void keep(ByteArrayOutputStream line, int unit) {
        switch (encoding) {
            case UTF_8, GB18030 -> line.write(unit);
            case UTF_16LE -> {
                line.write(unit & 0xFF);
                line.write(unit >> 8);
            }
            case UTF_16BE -> {
                line.write(unit >> 8);
                line.write(unit & 0xFF);
            }
        }
    }

    /** One byte, or two as a number; half a character at the end of a file counts as none that there is. */
    private int read() throws IOException {
        if (isAhead) {
            isAhead = false;
            return ahead;
        }
        int first = file.read();
        if (first == END || encoding.unit() == 1) {
            return first;
        }
        int second = file.read();
        if (second == END) {
            return 0xFFFF;
        }
        return encoding == CsvEncoding.UTF_16LE ? second << 8 | first : first << 8 | second;
    }
}
