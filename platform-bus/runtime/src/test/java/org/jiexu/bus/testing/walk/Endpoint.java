package org.jiexu.bus.testing.walk;

import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jiexu.bus.web.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * One mapping of a controller as Spring knows it at run time.
 *
 * @param fixed what the mapping asks for in the query, e.g. {@code mine}
 * @param body of a JSON body; none for a GET or a file
 */
record Endpoint(
        String method,
        String path,
        String fixed,
        List<String> variables,
        List<String> queries,
        @Nullable Type body,
        boolean takesFile) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9]+)}");

    String key() {
        return method + " " + path + (fixed.isEmpty() ? "" : "?" + fixed);
    }

    boolean reads() {
        return method.equals("GET");
    }

    /** Every one of the platform's own, by its path. */
    static List<Endpoint> of(ApplicationContext service) {
        return service.getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(mapping -> mapping.getValue().getBeanType().getName().startsWith("org.jiexu."))
                .flatMap(mapping -> of(mapping.getKey(), mapping.getValue()))
                .filter(endpoint -> !endpoint.path().equals("/error"))
                .sorted(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::key))
                .toList();
    }

    private static Stream<Endpoint> of(RequestMappingInfo info, HandlerMethod handler) {
        var method = info.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .findFirst()
                .orElse("GET");
        var fixed = String.join(
                "&",
                info.getParamsCondition().getExpressions().stream()
                        .map(Object::toString)
                        .toList());
        return info.getPatternValues().stream().sorted().limit(1).map(path -> {
            var parameters = handler.getMethod().getParameters();
            return new Endpoint(
                    method, path, fixed, variables(path), queries(parameters), body(parameters), takesFile(parameters));
        });
    }

    private static List<String> variables(String path) {
        return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
    }

    private static List<String> queries(Parameter[] parameters) {
        var all = new ArrayList<String>();
        for (var parameter : parameters) {
            var asked = parameter.getAnnotation(RequestParam.class);
            if (parameter.getType() == PageRequest.class) {
                all.addAll(List.of("limit", "after"));
            } else if (asked != null) {
                all.add(asked.value().isEmpty() ? parameter.getName() : asked.value());
            }
        }
        return all;
    }

    private static @Nullable Type body(Parameter[] parameters) {
        for (var parameter : parameters) {
            if (parameter.isAnnotationPresent(RequestBody.class) && parameter.getType() != byte[].class) {
                return parameter.getParameterizedType();
            }
        }
        return null;
    }

    private static boolean takesFile(Parameter[] parameters) {
        return Stream.of(parameters)
                .filter(parameter -> !parameter.isAnnotationPresent(PathVariable.class))
                .anyMatch(parameter -> parameter.getType() == InputStream.class
                        || parameter.getType() == byte[].class
                        || parameter.getType() == HttpServletRequest.class);
    }
}
