package org.jiexu.bus.web;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jiexu.bus.service.Places;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerMapping;

/**
 * An error that nobody foresaw. The log gets classes and places, never texts: a driver's or a parser's message quotes
 * what it choked on, and that may be a person.
 */
final class Incident {
    private static final Logger log = LoggerFactory.getLogger(Incident.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Incident() {}

    static Problem report(Throwable exception, HttpServletRequest request) {
        var number = new byte[6];
        RANDOM.nextBytes(number);
        var id = HexFormat.of().withUpperCase().formatHex(number);
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        log.error(
                "unforeseen, incident {}, {} {}: {}",
                id,
                method(request),
                pattern == null ? "(no route)" : pattern,
                describe(exception));
        return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "UNFORESEEN", "系统出现意外错误，请稍后再试；如仍有问题，请提供事件编号" + id + "。")
                .with("incident", id);
    }

    private static String method(HttpServletRequest request) {
        return request.getMethod().matches("[A-Z]{1,10}") ? request.getMethod() : "?";
    }

    static String describe(Throwable exception) {
        return Places.of(exception);
    }
}
