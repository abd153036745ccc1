package org.jiexu.bus.web;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a body that cannot be read, said without repeating any of it. */
final class UnreadableBody {
    /** A name of a field; what a client invents as a name may be anything, even a person's number. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z_]{0,39}[0-9]{0,2}");

    /** How Jackson begins to say that a record's component is not there; the name that follows is ours. */
    private static final String MISSING = "Missing required creator property '";

    private UnreadableBody() {}

    static Problem problem(HttpMessageNotReadableException exception) {
        var cause = jackson(exception);
        return switch (cause) {
            case null -> Problem.badRequest("BODY_MISSING", "缺少请求内容，或请求内容无法读取。");
            case StreamConstraintsException e -> Problem.badRequest("BROKEN_JSON", "请求内容嵌套过深，或其中的数值、文字过长。");
            case InputCoercionException e -> unreadable(e);
            case StreamReadException e -> broken(e);
            case UnrecognizedPropertyException e ->
                Problem.badRequest("UNKNOWN_PROPERTY", "请求内容含有未知字段。")
                        .withErrors(List.of(new FieldProblem(path(e), "UNKNOWN_PROPERTY", "没有这个字段。")));
            case InvalidNullException e -> missing(e, String.valueOf(e.getPropertyName()));
            case MismatchedInputException e -> mismatched(e);
            default -> unreadable(cause);
        };
    }

    private static Problem broken(StreamReadException exception) {
        return saysAtFirst(exception, "Duplicate")
                ? Problem.badRequest("DUPLICATE_KEY", "请求内容中同一字段出现了两次。")
                : Problem.badRequest("BROKEN_JSON", "请求内容不是完整有效的JSON。");
    }

    private static Problem mismatched(MismatchedInputException exception) {
        if (saysAtFirst(exception, "Trailing token")) {
            return Problem.badRequest("TRAILING_CONTENT", "JSON之后还有多余内容。");
        }
        return saysAtFirst(exception, MISSING)
                ? missing(exception, namedIn(exception.getOriginalMessage()))
                : unreadable(exception);
    }

    private static Problem unreadable(JacksonException exception) {
        return Problem.badRequest("UNREADABLE_VALUE", "请求内容中有的值格式不正确。")
                .withErrors(List.of(new FieldProblem(path(exception), "UNREADABLE_VALUE", "值的格式不正确。")));
    }

    /** In the same words as validation's. */
    private static Problem missing(JacksonException exception, String property) {
        var path = path(exception);
        var ends = path.equals(property)
                || path.endsWith("." + property)
                || !FIELD.matcher(property).matches();
        return Problem.field(ends ? path : path.isEmpty() ? property : path + "." + property, "NOT_NULL", "必须填写");
    }

    private static String namedIn(String message) {
        var rest = message.substring(MISSING.length());
        return rest.substring(0, Math.max(0, rest.indexOf('\'')));
    }

    private static boolean saysAtFirst(JacksonException exception, String words) {
        var message = exception.getOriginalMessage();
        return message != null && message.startsWith(words);
    }

    private static @Nullable JacksonException jackson(Throwable exception) {
        for (Throwable t = exception.getCause(); t != null; t = t.getCause()) {
            if (t instanceof JacksonException e) {
                return e;
            }
        }
        return null;
    }

    private static String path(JacksonException exception) {
        return exception.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : name(step.getPropertyName()))
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String name(String name) {
        return FIELD.matcher(name).matches() ? name : "?";
    }
}
