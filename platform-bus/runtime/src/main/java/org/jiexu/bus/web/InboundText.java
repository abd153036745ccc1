package org.jiexu.bus.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
    private InboundText() {}

    static void checkJson(byte[] body) {
        var text = utf8(body);
        if (!text.isEmpty() && text.charAt(0) == '\uFEFF') {
            throw bad("请求内容不得以字节顺序标记（BOM）开头。");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                check(c);
                continue;
            }
            // A backslash stands only in front of another character of a JSON string; anything else the parser refuses.
            int unit = escaped(text, i);
            if (unit < 0) {
                i++;
                continue;
            }
            i += 5;
            if (Character.isHighSurrogate((char) unit)) {
                int low = escaped(text, i + 1);
                if (low < 0 || !Character.isLowSurrogate((char) low)) {
                    throw bad("请求内容含有不成对的代理字符。");
                }
                i += 6;
            } else if (Character.isLowSurrogate((char) unit)) {
                throw bad("请求内容含有不成对的代理字符。");
            } else {
                check((char) unit);
            }
        }
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
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("请求内容不是有效的UTF-8文本。");
        }
    }

    /** The code unit of the escape {@code \}{@code uXXXX} that begins here, or -1. */
    private static int escaped(String text, int at) {
        if (at + 6 > text.length() || text.charAt(at) != '\\' || text.charAt(at + 1) != 'u') {
            return -1;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return -1;
            }
        }
        return HexFormat.fromHexDigits(text, at + 2, at + 6);
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
