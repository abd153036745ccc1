package org.jiexu.bus.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * After the token and before the body: is there such an address, does it take this method and this kind of content, may
 * this role send anything there, and can the answer be given in the form that is asked for? What fails here has had no
 * effect, and not a byte of the body has been read.
 */
final class RouteFilter extends OncePerRequestFilter {
    private static final List<MediaType> WRITTEN =
            List.of(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));

    private final Supplier<List<RequestMappingInfoHandlerMapping>> mappings;

    RouteFilter(Supplier<List<RequestMappingInfoHandlerMapping>> mappings) {
        this.mappings = mappings;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            check(request);
        }
        chain.doFilter(request, response);
    }

    private void check(HttpServletRequest request) throws ServletException {
        // Some addresses are told apart by what is asked: it has to be readable.
        InboundText.checkQuery(request.getQueryString());
        ServletRequestPathUtils.parseAndCache(request);
        var handler = handler(request);
        if (handler == null) {
            if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
                throw Problem.notFound();
            }
            return;
        }
        SenderRoles.check(request);
        if (writesJson(handler) && !takesJson(request)) {
            throw new Problem(HttpStatus.NOT_ACCEPTABLE, "NOT_ACCEPTABLE", "无法按所要求的格式答复。");
        }
    }

    /** Null where no controller stands: a file, or no address at all. */
    private @Nullable HandlerMethod handler(HttpServletRequest request) throws ServletException {
        for (var mapping : mappings.get()) {
            try {
                var chain = mapping.getHandler(request);
                if (chain != null && chain.getHandler() instanceof HandlerMethod method) {
                    return method;
                }
            } catch (ServletException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
        return null;
    }

    /** What writes bytes, files or streams has a form of its own and says which. */
    private static boolean writesJson(HandlerMethod handler) {
        var type = ResolvableType.forMethodReturnType(handler.getMethod());
        if (HttpEntity.class.isAssignableFrom(type.toClass())) {
            type = type.as(HttpEntity.class).getGeneric();
        }
        var written = type.toClass();
        return handler.getBeanType().getName().startsWith("org.jiexu.")
                && written != void.class
                && written != Void.class
                && written != byte[].class
                && !CharSequence.class.isAssignableFrom(written);
    }

    private static boolean takesJson(HttpServletRequest request) {
        var asked = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        if (asked.isEmpty()) {
            return true;
        }
        try {
            var types = MediaType.parseMediaTypes(asked);
            return types.isEmpty()
                    || types.stream()
                            .anyMatch(type -> type.getQualityValue() > 0
                                    && WRITTEN.stream().anyMatch(type::isCompatibleWith));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
