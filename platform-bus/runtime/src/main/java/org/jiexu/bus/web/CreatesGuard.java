package org.jiexu.bus.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a POST that {@link Creates} without an {@code Idempotency-Key}. */
final class CreatesGuard implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method
                && method.hasMethodAnnotation(Creates.class)
                && request.getHeader(IdempotencyFilter.HEADER) == null) {
            throw Problem.badRequest("IDEMPOTENCY_KEY_REQUIRED", "此项业务须在请求头中提供 Idempotency-Key。");
        }
        return true;
    }
}
