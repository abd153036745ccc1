package org.jiexu.bus.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Every error of a controller becomes a problem document here, and nowhere else. */
@RestControllerAdvice
public final class ProblemHandler {

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Map<String, Object>> answer(Exception exception, HttpServletRequest request) {
        if (exception instanceof AsyncRequestNotUsableException) {
            return null; // The client has gone; there is nobody to answer.
        }
        var problem = Problems.of(exception, request);
        var headers = new HttpHeaders();
        if (exception instanceof ErrorResponse standard) {
            headers.addAll(standard.getHeaders()); // Allow, Accept.
        }
        headers.addAll(problem.headers());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return ResponseEntity.status(problem.status()).headers(headers).body(problem.document());
    }
}
