package org.jiexu.bus.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jiexu.bus.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * 文件编码 — a mark at the beginning of a file tells how it is written, otherwise its Content-Type; a file that neither says
 * it of is UTF-8. It is never guessed: text in GBK can be UTF-8 by chance.
 */
enum CsvEncoding {
    UTF_8(StandardCharsets.UTF_8, 1, "UTF-8", 0xEF, 0xBB, 0xBF),
    UTF_16LE(StandardCharsets.UTF_16LE, 2, "UTF-16", 0xFF, 0xFE),
    UTF_16BE(StandardCharsets.UTF_16BE, 2, "UTF-16", 0xFE, 0xFF),
    GB18030(Charset.forName("GB18030"), 1, "GB18030（GBK）");

    private static final int LOOK_AHEAD = 512;
    // Excel's two kinds of workbooks, and PDF; web pages begin with a bracket.
    private static final List<byte[]> NO_TEXT =
            List.of(bytes('P', 'K', 3, 4), bytes(0xD0, 0xCF, 0x11, 0xE0), bytes('%', 'P', 'D', 'F'));

    private final Charset charset;
    private final int unit;
    private final String words;
    private final byte[] mark;

    CsvEncoding(Charset charset, int unit, String words, int... mark) {
        this.charset = charset;
        this.unit = unit;
        this.words = words;
        this.mark = bytes(mark);
    }

    Charset charset() {
        return charset;
    }

    /** Bytes of the smallest character. */
    int unit() {
        return unit;
    }

    /** As people call it. */
    String words() {
        return words;
    }

    /** Null when the media type names none; 415 for one that is not read. */
    static @Nullable CsvEncoding declared(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        try {
            var charset = MediaType.parseMediaType(contentType).getCharset();
            return charset == null ? null : of(charset);
        } catch (InvalidMediaTypeException e) {
            throw unsupported();
        }
    }

    private static CsvEncoding of(Charset charset) {
        return switch (charset.name().toUpperCase(Locale.ROOT)) {
            case "UTF-8", "US-ASCII" -> UTF_8;
            case "UTF-16LE" -> UTF_16LE;
            case "UTF-16", "UTF-16BE" -> UTF_16BE;
            case "GB2312", "GBK", "X-MSWIN-936", "GB18030" -> GB18030;
            default -> throw unsupported();
        };
    }

    /** Takes the marks away; 400 for what is no text. */
    static CsvEncoding of(BufferedInputStream file, @Nullable CsvEncoding declared) throws IOException {
        file.mark(LOOK_AHEAD);
        var start = file.readNBytes(LOOK_AHEAD / 2);
        file.reset();
        var found = Arrays.stream(values())
                .filter(encoding -> encoding.mark.length > 0 && begins(start, 0, encoding.mark))
                .findFirst()
                .orElse(declared == null ? UTF_8 : declared);
        int marked = 0;
        while (found.mark.length > 0 && begins(start, marked, found.mark)) {
            marked += found.mark.length;
        }
        var text = new String(start, marked, start.length - marked, found.charset).stripLeading();
        if (text.startsWith("<") || NO_TEXT.stream().anyMatch(kind -> begins(start, 0, kind))) {
            throw Problem.badRequest("NOT_CSV", "这不是CSV文件，而是网页、工作簿或者其他格式；请在电子表格软件中另存为“CSV UTF-8（逗号分隔）”。");
        }
        file.skipNBytes(marked);
        return found;
    }

    private static boolean begins(byte[] bytes, int at, byte[] with) {
        return at + with.length <= bytes.length && Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static Problem unsupported() {
        return new Problem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_CHARSET", "文件的编码应为UTF-8、UTF-16或者GB18030（GBK）。");
    }
}
