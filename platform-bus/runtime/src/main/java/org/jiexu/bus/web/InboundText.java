package org.jiexu.bus.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * What text may not contain, whatever field it stands in: bytes that are no UTF-8, a byte order mark, control characters
 * (PostgreSQL cannot store NUL), unpaired surrogates, and the marks that turn the direction of writing (a name must read
 * the same for everybody). Escapes in JSON count like the characters themselves.
 */
final class InboundText {
    private static final int PIECE = 8192;

    private InboundText() {}

    /** In pieces: a large body is not copied to be looked at. */
    static void checkJson(byte[] body) {
        checkCharacters(body);
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw bad("请求内容不得以字节顺序标记（BOM）开头。");
        }
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\\') {
                i = checkEscape(body, i);
            }
        }
    }

    private static void checkCharacters(byte[] body) {
        var decoder = strict();
        var in = ByteBuffer.wrap(body);
        var out = CharBuffer.allocate(PIECE);
        CoderResult result;
        do {
            result = decoder.decode(in, out, true);
            if (result.isError()) {
                throw bad("请求内容不是有效的UTF-8文本。");
            }
            out.flip().chars().forEach(c -> check((char) c));
            out.clear();
        } while (result.isOverflow());
    }

    /** A backslash stands only in front of another character of a JSON string; anything else the parser refuses. */
    private static int checkEscape(byte[] body, int at) {
        int unit = escaped(body, at);
        if (unit < 0) {
            return at + 1;
        }
        if (Character.isHighSurrogate((char) unit)) {
            int low = escaped(body, at + 6);
            if (low < 0 || !Character.isLowSurrogate((char) low)) {
                throw bad("请求内容含有不成对的代理字符。");
            }
            return at + 11;
        }
        if (Character.isLowSurrogate((char) unit)) {
            throw bad("请求内容含有不成对的代理字符。");
        }
        check((char) unit);
        return at + 5;
    }

    static void checkQuery(@Nullable String query) {
        if (query == null) {
            return;
        }
        try {
            var bytes = UriUtils.decode(query, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            utf8(bytes).chars().forEach(c -> check((char) c));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("UNREADABLE_TEXT", "网址参数的编码有误。");
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return strict().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw bad("请求内容不是有效的UTF-8文本。");
        }
    }

    private static CharsetDecoder strict() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** The code unit of the escape {@code \}{@code uXXXX} that begins here, or -1. */
    private static int escaped(byte[] text, int at) {
        if (at + 6 > text.length || text[at] != '\\' || text[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            if (text[i] < 0 || !HexFormat.isHexDigit(text[i])) {
                return -1;
            }
            unit = unit * 16 + HexFormat.fromHexDigit(text[i]);
        }
        return unit;
    }

    private static void check(char c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
        boolean turnsDirection = (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u200E'
                || c == '\u200F'
                || c == '\u061C';
        if (control || turnsDirection) {
            throw bad("请求内容含有控制字符。");
        }
    }

    private static Problem bad(String detail) {
        return Problem.badRequest("UNREADABLE_TEXT", detail);
    }
}
