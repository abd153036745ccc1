package org.jiexu.wire.contract;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** 必填项 — a record's component must be there and must not be null, unless it is {@code @Nullable}: the same rule as in the code. */
public final class NotNullUnlessSaid extends JacksonAnnotationIntrospector {
    private static final JsonSetter.Value NO_NULLS = JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);
    private static final JsonSetter.Value NO_NULLS_WITHIN = JsonSetter.Value.construct(Nulls.SET, Nulls.FAIL);

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return isComponent(member) ? Boolean.valueOf(!isNullable(member)) : super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
        if (!isComponent(member)) {
            return super.findSetterInfo(config, member);
        }
        return isNullable(member) ? NO_NULLS_WITHIN : NO_NULLS;
    }

    private static boolean isComponent(Annotated member) {
        return member instanceof AnnotatedParameter parameter
                && parameter.getOwner() instanceof AnnotatedConstructor constructor
                && parameter.getDeclaringClass().isRecord()
                && constructor.getParameterCount()
                        == parameter.getDeclaringClass().getRecordComponents().length;
    }

    private static boolean isNullable(Annotated member) {
        return member instanceof AnnotatedParameter parameter
                && parameter
                        .getDeclaringClass()
                        .getRecordComponents()[parameter.getIndex()]
                        .getAnnotatedType()
                        .isAnnotationPresent(Nullable.class);
    }
}
