package org.jiexu.bus.web;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * 问题说明 — an answer that says no, as an RFC 9457 problem document. Thrown anywhere below a controller or a filter;
 * one place writes it. The exception's text is the code alone: details may not reach a log.
 */
public final class Problem extends RuntimeException {
    private final HttpStatus status;
    private final String code;
    private final String detail;
    private final List<CodedReason> reasons;
    private final List<FieldProblem> errors;
    private final Map<String, Object> properties;
    private final @Nullable Duration retryAfter;

    /**
     * @param code stable, for programs; also the last part of {@code type}
     * @param detail one Chinese sentence; names no person
     */
    public Problem(HttpStatus status, String code, String detail) {
        this(status, code, detail, List.of(), List.of(), Map.of(), null);
    }

    private Problem(
            HttpStatus status,
            String code,
            String detail,
            List<CodedReason> reasons,
            List<FieldProblem> errors,
            Map<String, Object> properties,
            @Nullable Duration retryAfter) {
        super(status.value() + " " + code, null, false, false);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.reasons = List.copyOf(reasons);
        this.errors = List.copyOf(errors);
        this.properties = Map.copyOf(properties);
        this.retryAfter = retryAfter;
    }

    public Problem with(List<CodedReason> reasons) {
        return new Problem(status, code, detail, reasons, errors, properties, retryAfter);
    }

    public Problem withErrors(List<FieldProblem> errors) {
        return new Problem(status, code, detail, reasons, errors, properties, retryAfter);
    }

    /** One more member of the document, e.g. the number of a refused application. */
    public Problem with(String name, Object value) {
        var more = new LinkedHashMap<>(properties);
        more.put(name, value);
        return new Problem(status, code, detail, reasons, errors, more, retryAfter);
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(status, code, detail, reasons, errors, properties, wait);
    }

    /** What does not exist, and, in exactly the same words, what the caller may not see. */
    public static Problem notFound() {
        return new Problem(HttpStatus.NOT_FOUND, "NOT_FOUND", "没有找到所请求的内容。");
    }

    public static Problem badRequest(String code, String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, code, detail);
    }

    public static Problem conflict(String code, String detail) {
        return new Problem(HttpStatus.CONFLICT, code, detail);
    }

    /** One field of an otherwise readable request is wrong. */
    public static Problem field(String field, String code, String message) {
        return badRequest("INVALID_REQUEST", "请求内容不符合要求。").withErrors(List.of(new FieldProblem(field, code, message)));
    }

    /** No token, or none that holds. Why it does not hold is not told. */
    public static Problem unauthenticated() {
        return new Problem(HttpStatus.UNAUTHORIZED, "UNAUTHENTICATED", "请先登录；登录凭据缺失、无效或已过期。");
    }

    public static Problem forbidden() {
        return new Problem(HttpStatus.FORBIDDEN, "FORBIDDEN", "当前身份无权办理此项业务。");
    }

    public static Problem unavailable(String code, String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail).retryAfter(Duration.ofSeconds(1));
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<CodedReason> reasons() {
        return reasons;
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    /** The document, members in the order in which people read them. */
    public SequencedMap<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("type", URI.create("/problems/" + code).toString());
        document.put("title", title(status));
        document.put("status", status.value());
        document.put("detail", detail);
        document.put("code", code);
        if (!reasons.isEmpty()) {
            document.put("reasons", reasons);
        }
        if (!errors.isEmpty()) {
            document.put("errors", errors);
        }
        properties.forEach(document::putIfAbsent);
        return document;
    }

    public HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_LANGUAGE, "zh-CN");
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
        }
        return headers;
    }

    private static String title(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "请求有误";
            case UNAUTHORIZED -> "未登录或登录已失效";
            case FORBIDDEN -> "无权办理";
            case NOT_FOUND -> "未找到";
            case METHOD_NOT_ALLOWED -> "不支持的操作";
            case NOT_ACCEPTABLE -> "无法按所要求的格式答复";
            case CONFLICT -> "与当前状态冲突";
            case LENGTH_REQUIRED -> "缺少内容长度";
            case CONTENT_TOO_LARGE -> "请求内容过大";
            case UNSUPPORTED_MEDIA_TYPE -> "不支持的内容格式";
            case UNPROCESSABLE_CONTENT -> "不予受理";
            case TOO_MANY_REQUESTS -> "请求过于频繁";
            case SERVICE_UNAVAILABLE -> "服务暂不可用";
            case GATEWAY_TIMEOUT -> "服务未及时答复";
            default -> status.is5xxServerError() ? "服务内部错误" : "请求未能办理";
        };
    }
}
