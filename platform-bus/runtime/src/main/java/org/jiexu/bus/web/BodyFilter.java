package org.jiexu.bus.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Reads the body once, counting what really comes (a chunked body announces no length), and refuses text that no honest
 * client sends. Runs after the token check: a stranger's body is not read.
 */
final class BodyFilter extends OncePerRequestFilter {
    /** House rule: bulk imports of an agency may be large, employers' lists (R1.5) less so, nothing else. */
    private static final Pattern IMPORT = Pattern.compile("(/api/v1)?/agency/.+/import");

    private static final Pattern LIST = Pattern.compile("/api/v1/regions/[0-9A-Z]{6}/transfer-batches");

    /** House rule: an agency's file of history goes by without being kept in memory. */
    private static final Pattern FILE = Pattern.compile("/api/v1/agency/[^/]+/participation/imports");

    private static final Pattern CSV = Pattern.compile("\\s*text/csv\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private final DataSize most;
    private final DataSize mostOfAnImport;
    private final DataSize mostOfAList;
    private final DataSize mostOfAFile;
    private final boolean streamsFiles;

    /** @param streamsFiles whether whoever stands behind reads a file as it comes */
    BodyFilter(
            DataSize most, DataSize mostOfAnImport, DataSize mostOfAList, DataSize mostOfAFile, boolean streamsFiles) {
        this.most = most;
        this.mostOfAnImport = mostOfAnImport;
        this.mostOfAList = mostOfAList;
        this.mostOfAFile = mostOfAFile;
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
        if (isForm(request.getContentType())) {
            chain.doFilter(request, response); // Parsed, and limited, by the container itself.
            return;
        }
        if (streamsFiles && isFile(request)) {
            long limit = limit(request);
            if (request.getContentLengthLong() > limit) {
                throw tooLarge(limit);
            }
            chain.doFilter(new StreamedRequest(request, limit, () -> tooLarge(limit)), response);
            return;
        }
        var body = read(request);
        if (isJson(request.getContentType())) {
            InboundText.checkJson(body);
        }
        chain.doFilter(new BufferedRequest(request, body), response);
    }

    private byte[] read(HttpServletRequest request) throws IOException {
        long limit = limit(request);
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        var body = request.getInputStream().readNBytes((int) limit + 1);
        if (body.length > limit) {
            throw tooLarge(limit);
        }
        return body;
    }

    private long limit(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (isFile(request)) {
            return mostOfAFile.toBytes();
        }
        if (IMPORT.matcher(path).matches()) {
            return mostOfAnImport.toBytes();
        }
        return (LIST.matcher(path).matches() ? mostOfAList : most).toBytes();
    }

    private static boolean isFile(HttpServletRequest request) {
        var type = request.getContentType();
        return request.getMethod().equals("POST")
                && type != null
                && CSV.matcher(type).matches()
                && FILE.matcher(request.getRequestURI()).matches();
    }

    private static Problem tooLarge(long limit) {
        return new Problem(HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", "请求内容超过" + limit / 1024 + "KiB的上限。");
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
