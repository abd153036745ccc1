package org.jiexu.wire.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a contract, one a line: path, JSON type and meaning, and whether it may be null or missing. */
final class ContractDescription {
    private static final Map<Class<?>, String> SIMPLE = Map.of(
            String.class, "text",
            int.class, "integer",
            long.class, "integer",
            boolean.class, "boolean",
            Instant.class, "text date-time",
            LocalDate.class, "text date",
            YearMonth.class, "text year-month");

    private final List<String> lines = new ArrayList<>();

    private ContractDescription() {}

    static List<String> of(Class<?> record) {
        var description = new ContractDescription();
        description.describe("", record);
        return description.lines;
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    static String nameOf(RecordComponent component) {
        var renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    /** Whether the type is a JSON object, and not a text with a class of its own. */
    static boolean isObject(Class<?> type) {
        return type.isRecord()
                && Stream.of(type.getMethods()).noneMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    /** The element's type when the component is a list, else its own type. */
    static Class<?> elementOf(RecordComponent component) {
        Type type = component.getGenericType();
        return type instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[0]
                : component.getType();
    }

    private void describe(String prefix, Class<?> record) {
        for (var component : record.getRecordComponents()) {
            boolean isList = component.getType() == List.class;
            var type = elementOf(component);
            var path = prefix + nameOf(component) + (isList ? "[]" : "");
            lines.add("%s: %s%s".formatted(path, describe(type), isNullable(component) ? ", may be null" : ""));
            if (isObject(type)) {
                describe(path + ".", type);
            }
        }
    }

    private static String describe(Class<?> type) {
        var simple = SIMPLE.get(type);
        if (simple != null) {
            return simple;
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(WireJson::text)
                    .map(text -> text.replace("\"", ""))
                    .collect(Collectors.joining("|", "one of ", ""));
        }
        return (isObject(type) ? "object " : "text ") + type.getSimpleName();
    }
}
