package org.jiexu.bus.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Reads the body once, counting what really comes (a chunked body announces no length), and refuses text that no honest
 * client sends. Runs after the token, the address and the role have been looked at: a stranger's body is not read.
 */
final class BodyFilter extends OncePerRequestFilter {
    private final BodyLimits limits;
    private final Patience patience;
    private final BodyBudget ordinary;
    private final BodyBudget large;
    private final boolean streamsFiles;

    /**
     * @param ordinary what ordinary bodies may take together, apart from large ones: neither crowds the other out
     * @param streamsFiles whether whoever stands behind reads a file as it comes
     */
    BodyFilter(BodyLimits limits, Patience patience, BodyBudget ordinary, BodyBudget large, boolean streamsFiles) {
        this.limits = limits;
        this.patience = patience;
        this.ordinary = ordinary;
        this.large = large;
        this.streamsFiles = streamsFiles;
    }

    /** The body as it came; empty where this filter has not read one. */
    static byte[] body(HttpServletRequest request) {
        var buffered = WebUtils.getNativeRequest(request, BufferedRequest.class);
        return buffered == null ? new byte[0] : buffered.body();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        InboundText.checkQuery(request.getQueryString());
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "ENCODING_NOT_SUPPORTED", "不接受压缩或其他编码的请求内容。");
        }
        var caller = request.getUserPrincipal();
        if (caller == null || isForm(request.getContentType())) {
            chain.doFilter(
                    request, response); // No open address takes a body; a form is limited by the container itself.
            return;
        }
        long limit = limits.of(request);
        if (streamsFiles && BodyLimits.isFile(request)) {
            if (request.getContentLengthLong() > limit) {
                throw BodyReader.tooLarge(limit);
            }
            chain.doFilter(new StreamedRequest(request, limit, patience.begin()), response);
            return;
        }
        var budget = limits.isLarge(limit) ? large : ordinary;
        try (var share = budget.of(caller.getName(), limit)) {
            var body = new BodyReader(limit, patience, share).read(request);
            if (isJson(request.getContentType())) {
                InboundText.checkJson(body);
            }
            chain.doFilter(new BufferedRequest(request, body), response);
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.endsWith("/json") || type.endsWith("+json");
    }

    private static boolean isForm(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        var type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/");
    }
}
