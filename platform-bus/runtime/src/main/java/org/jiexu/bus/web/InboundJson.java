package org.jiexu.bus.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jiexu.wire.contract.NotNullUnlessSaid;
import org.jiexu.wire.contract.TextOnly;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON at the door: one reading or none. Nothing unknown, nothing twice, nothing guessed from another type, nothing
 * missing that is not {@code @Nullable}.
 */
final class InboundJson {
    private static final int DEEPEST = 50;
    private static final int LONGEST_NUMBER = 100;

    private InboundJson() {}

    static void limits(JsonFactoryBuilder factory) {
        factory.streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNumberLength(LONGEST_NUMBER)
                .build());
    }

    static void strict(JsonMapper.Builder mapper) {
        mapper.annotationIntrospector(new NotNullUnlessSaid())
                .addModule(TextOnly.module())
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .defaultLeniency(false)
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL));
        refuse(
                mapper,
                List.of(LogicalType.Textual, LogicalType.Enum, LogicalType.DateTime),
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean));
        refuse(
                mapper,
                List.of(LogicalType.Integer, LogicalType.Float, LogicalType.Boolean),
                List.of(CoercionInputShape.String, CoercionInputShape.EmptyString));
        refuse(mapper, List.of(LogicalType.Integer, LogicalType.Float), List.of(CoercionInputShape.Boolean));
        refuse(mapper, List.of(LogicalType.Boolean), List.of(CoercionInputShape.Integer, CoercionInputShape.Float));
    }

    private static void refuse(JsonMapper.Builder mapper, List<LogicalType> types, List<CoercionInputShape> shapes) {
        for (var type : types) {
            mapper.withCoercionConfig(
                    type, config -> shapes.forEach(shape -> config.setCoercion(shape, CoercionAction.Fail)));
        }
    }
}
