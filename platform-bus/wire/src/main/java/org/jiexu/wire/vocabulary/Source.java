package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** 陈述方 — who states an event: {@code /regions/430100/transfer-out}, or {@code /registry}, which belongs to no region. */
public record Source(@Nullable RegionCode region, ServiceName service) {
    public static final Source REGISTRY = new Source(null, ServiceName.REGISTRY);

    public Source {
        if ((region == null) != (service == ServiceName.REGISTRY)) {
            throw new IllegalArgumentException("the registry, and only the registry, belongs to no region");
        }
    }

    public static Source of(RegionCode region, ServiceName service) {
        return new Source(region, service);
    }

    @JsonCreator
    public static Source parse(String text) {
        if (text.equals("/registry")) {
            return REGISTRY;
        }
        var parts = text.split("/", -1);
        if (parts.length == 4 && parts[0].isEmpty() && parts[1].equals("regions")) {
            for (ServiceName service : ServiceName.values()) {
                if (service != ServiceName.REGISTRY && service.path().equals(parts[3])) {
                    return new Source(new RegionCode(parts[2]), service);
                }
            }
        }
        throw new IllegalArgumentException("not a source of events");
    }

    @JsonValue
    @Override
    public String toString() {
        return region == null ? "/registry" : "/regions/" + region + "/" + service.path();
    }
}
