package org.jiexu.bus.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jiexu.bus.journal.EventTooLarge;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Which problem an exception is. What is not foreseen here gets an incident number and a loud log line. */
final class Problems {
    private Problems() {}

    static Problem of(Exception exception, HttpServletRequest request) {
        return switch (exception) {
            case Problem problem -> problem;
            case HttpMessageNotReadableException e -> UnreadableBody.problem(e);
            case BindException e -> invalid(e.getAllErrors());
            case HandlerMethodValidationException e -> invalid(e);
            case ConstraintViolationException e -> invalid(e);
            case MethodArgumentTypeMismatchException e -> unreadableParameter(e.getName());
            case TypeMismatchException e -> unreadableParameter(String.valueOf(e.getPropertyName()));
            case MissingServletRequestParameterException e ->
                Problem.field(e.getParameterName(), "REQUIRED", "缺少必填参数。");
            case MissingRequestValueException e -> Problem.badRequest("INVALID_REQUEST", "缺少必填内容。");
            case ServletRequestBindingException e -> Problem.badRequest("INVALID_REQUEST", "请求内容不符合要求。");
            case MaxUploadSizeExceededException e -> standard(HttpStatus.CONTENT_TOO_LARGE, exception, request);
            // Nothing here takes a form with files; one that is broken is not read to its end either.
            case MultipartException e -> standard(HttpStatus.UNSUPPORTED_MEDIA_TYPE, exception, request);
            case OptimisticLockingFailureException e -> changedMeanwhile();
            case PessimisticLockingFailureException e -> changedMeanwhile();
            // The firewall, wherever in the work it is asked: what it refuses the caller has sent.
            case RequestRejectedException e -> Problem.badRequest("BAD_ADDRESS", "网址或请求头中含有不允许的字符。");
            case InvalidParameterException e -> Problem.badRequest("UNREADABLE_TEXT", "网址参数的编码有误。");
            case ClientAbortException e -> Problem.badRequest("BODY_MISSING", "缺少请求内容，或请求内容无法读取。");
            case AuthenticationServiceException e -> issuerUnavailable();
            case AuthenticationException e -> Problem.unauthenticated();
            case AccessDeniedException e -> Problem.forbidden();
            case DataAccessResourceFailureException e -> databaseUnavailable();
            case TransientDataAccessResourceException e -> databaseUnavailable();
            case QueryTimeoutException e -> databaseUnavailable();
            case CannotCreateTransactionException e -> databaseUnavailable();
            case EventTooLarge e -> tooLarge();
            case ErrorResponse e ->
                standard(HttpStatus.valueOf(e.getStatusCode().value()), exception, request);
            case ServletException e -> within(e, request);
            case AsyncRequestNotUsableException e -> standard(HttpStatus.SERVICE_UNAVAILABLE, exception, request);
            case HttpMessageNotWritableException e
            when hasHungUp(e) -> standard(HttpStatus.SERVICE_UNAVAILABLE, exception, request);
            default -> Incident.report(exception, request);
        };
    }

    private static Problem tooLarge() {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT, "TOO_LARGE_TO_SEND", "填写的内容过多，无法发送给对方，本次操作没有生效。请缩减文字或分批办理后再试。");
    }

    private static Problem within(ServletException exception, HttpServletRequest request) {
        return exception.getRootCause() instanceof Exception cause && !(cause instanceof ServletException)
                ? of(cause, request)
                : Incident.report(exception, request);
    }

    /** Whoever asked had no more patience: nothing of ours failed, and nobody reads the answer. */
    private static boolean hasHungUp(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof AsyncRequestNotUsableException) {
                return true;
            }
        }
        return false;
    }

    /** Only a status is known: the container, the firewall and the framework itself. */
    static Problem standard(HttpStatus status, Exception exception, HttpServletRequest request) {
        return switch (status) {
            case NOT_FOUND -> Problem.notFound();
            case METHOD_NOT_ALLOWED -> new Problem(status, "METHOD_NOT_ALLOWED", "此地址不支持该操作。");
            case NOT_ACCEPTABLE -> new Problem(status, "NOT_ACCEPTABLE", "无法按所要求的格式答复。");
            case UNSUPPORTED_MEDIA_TYPE ->
                new Problem(status, "UNSUPPORTED_MEDIA_TYPE", "不支持该内容格式，请使用" + readable(exception) + "。");
            case CONTENT_TOO_LARGE -> new Problem(status, "BODY_TOO_LARGE", "请求内容过大。");
            case UNAUTHORIZED -> Problem.unauthenticated();
            case FORBIDDEN -> Problem.forbidden();
            case SERVICE_UNAVAILABLE -> Problem.unavailable("UNAVAILABLE", "服务暂不可用，请稍后再试。");
            default ->
                status.is4xxClientError()
                        ? new Problem(status, "BAD_REQUEST", "请求有误。")
                        : Incident.report(exception, request);
        };
    }

    /** What the address takes, where it says so. */
    private static String readable(Exception exception) {
        return exception instanceof HttpMediaTypeNotSupportedException unread
                        && !unread.getSupportedMediaTypes().isEmpty()
                        && unread.getSupportedMediaTypes().stream().allMatch(MediaType::isConcrete)
                ? unread.getSupportedMediaTypes().stream()
                        .map(MediaType::toString)
                        .distinct()
                        .collect(Collectors.joining("或者"))
                : MediaType.APPLICATION_JSON_VALUE;
    }

    private static Problem issuerUnavailable() {
        return Problem.unavailable("ISSUER_UNAVAILABLE", "暂时无法核验登录凭据，请稍后再试。");
    }

    /** The same request may succeed a moment later, so its Idempotency-Key stays free. */
    private static Problem changedMeanwhile() {
        Idempotency.passing();
        return Problem.conflict("CHANGED_MEANWHILE", "内容已被他人更改，请刷新后再试。");
    }

    private static Problem databaseUnavailable() {
        return Problem.unavailable("DATABASE_UNAVAILABLE", "服务暂不可用，请稍后再试。");
    }

    private static Problem unreadableParameter(String name) {
        return Problem.field(name, "UNREADABLE_VALUE", "参数的格式不正确。");
    }

    private static Problem invalid(List<ObjectError> errors) {
        return invalidFields(errors.stream()
                .map(error -> new FieldProblem(
                        error instanceof FieldError field ? field.getField() : error.getObjectName(),
                        constraint(String.valueOf(error.getCode())),
                        sentence(String.valueOf(error.getDefaultMessage()))))
                .toList());
    }

    private static Problem invalid(HandlerMethodValidationException exception) {
        return invalidFields(exception.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream().map(error -> {
                    var codes = error.getCodes();
                    return new FieldProblem(
                            error instanceof FieldError field
                                    ? field.getField()
                                    : String.valueOf(result.getMethodParameter().getParameterName()),
                            constraint(codes == null || codes.length == 0 ? "Invalid" : codes[codes.length - 1]),
                            sentence(String.valueOf(error.getDefaultMessage())));
                }))
                .toList());
    }

    private static Problem invalid(ConstraintViolationException exception) {
        return invalidFields(exception.getConstraintViolations().stream()
                .map(Problems::fieldProblem)
                .toList());
    }

    private static FieldProblem fieldProblem(ConstraintViolation<?> violation) {
        return new FieldProblem(
                violation.getPropertyPath().toString(),
                constraint(violation
                        .getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName()),
                sentence(violation.getMessage()));
    }

    private static Problem invalidFields(List<FieldProblem> errors) {
        return Problem.badRequest("INVALID_REQUEST", "请求内容不符合要求。").withErrors(errors);
    }

    /** NotNull → NOT_NULL. */
    private static String constraint(String annotation) {
        return annotation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static String sentence(String message) {
        return message.equals("不能为null") ? "必须填写" : message;
    }
}
