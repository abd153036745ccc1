package org.jiexu.bus.testing.walk;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A plausible JSON value of any type that stands in a body or an event: by the component's name, else by its type. */
public final class Samples {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, Object> byName = new LinkedHashMap<>();
    private final Map<Class<?>, Object> byType = new LinkedHashMap<>();

    public Samples() {
        type(Instant.class, BusTestKit.START);
        type(LocalDate.class, LocalDate.of(2026, 9, 14));
        type(YearMonth.class, YearMonth.of(2026, 1));
        type(Fen.class, Fen.parse("10.00"));
        type(RegionCode.class, BusTestKit.CHANGSHA);
        type(Scheme.class, Scheme.EMPLOYEE);
        type(Quarter.class, Quarter.parse("2031Q4"));
        type(URI.class, "http://127.0.0.1:1");
    }

    public Samples(Samples other) {
        byName.putAll(other.byName);
        byType.putAll(other.byType);
    }

    /** What every component of that name holds; its JSON where the value is a {@link JsonNode}. */
    public Samples name(String name, Object value) {
        byName.put(name, value);
        return this;
    }

    public Samples type(Class<?> type, Object value) {
        byType.put(type, value);
        return this;
    }

    JsonNode of(String name, Type type) {
        var named = byName.get(name);
        if (named != null) {
            return json(named);
        }
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)) {
            return NODES.arrayNode().add(of(name, generic.getActualTypeArguments()[0]));
        }
        return type instanceof Class<?> plain ? ofClass(plain) : NODES.objectNode();
    }

    private JsonNode ofClass(Class<?> type) {
        var known = byType.get(type);
        if (known != null) {
            return json(known);
        }
        if (type.isEnum()) {
            return json(type.getEnumConstants()[0]);
        }
        if (type.isRecord()) {
            return ofRecord(type);
        }
        if (type == boolean.class || type == Boolean.class) {
            return NODES.booleanNode(true);
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return NODES.numberNode(1);
        }
        return NODES.stringNode("文字");
    }

    private JsonNode ofRecord(Class<?> type) {
        var object = NODES.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            object.set(component.getName(), of(component.getName(), component.getGenericType()));
        }
        return object;
    }

    private static JsonNode json(Object value) {
        return value instanceof JsonNode node ? node : JSON.readTree(WireJson.text(value));
    }
}
