package org.jiexu.bus.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/** Outermost: refuses headers that nobody can read, opens the trace, and turns what filters throw into a problem document. */
final class DoorFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        try (var _ =
                TraceContext.continuing(request.getHeader(TraceContext.HEADER)).open()) {
            pass(request, response, chain);
        }
    }

    private static void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        try {
            InboundHeaders.check(request);
            chain.doFilter(request, response);
        } catch (IOException e) {
            // Either the client has gone, and nobody reads this, or it sent a body that breaks off.
            ProblemWriter.write(response, Problem.badRequest("BODY_MISSING", "缺少请求内容，或请求内容无法读取。"));
        } catch (ServletException | RuntimeException e) {
            if (e instanceof ErrorResponse standard) {
                standard.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
            }
            ProblemWriter.write(response, Problems.of(e, request));
        }
    }
}
