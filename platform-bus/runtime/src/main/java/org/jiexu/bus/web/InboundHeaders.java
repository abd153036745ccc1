package org.jiexu.bus.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;

/**
 * Headers in plain ASCII, and those that decide about a request only once. Other bytes mean one thing here and another
 * behind the gateway, and no client of ours needs them; so a request with them is refused before anybody acts on it.
 */
final class InboundHeaders {
    private static final List<String> ONCE = List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.CONTENT_LENGTH,
            IdempotencyFilter.HEADER);

    private InboundHeaders() {}

    static void check(HttpServletRequest request) {
        for (var name : Collections.list(request.getHeaderNames())) {
            for (var value : Collections.list(request.getHeaders(name))) {
                if (!isPlain(name) || !isPlain(value)) {
                    throw name.equalsIgnoreCase(IdempotencyFilter.HEADER)
                            ? IdempotencyFilter.malformed()
                            : Problem.badRequest("HEADER_NOT_READABLE", "请求头中只能使用ASCII字符。");
                }
            }
        }
        for (var name : ONCE) {
            if (Collections.list(request.getHeaders(name)).size() > 1) {
                throw name.equals(IdempotencyFilter.HEADER)
                        ? IdempotencyFilter.malformed()
                        : Problem.badRequest("HEADER_TWICE", "同一请求头只能出现一次。");
            }
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }
}
