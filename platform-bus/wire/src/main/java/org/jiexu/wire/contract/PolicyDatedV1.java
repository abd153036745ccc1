package org.jiexu.wire.contract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** 地方政策 — a dated setting of a region, a province or the whole country ({@code scope}: code or {@code *}), with its legal basis. The narrowest scope in force wins. */
public record PolicyDatedV1(
        String name,
        String scope,
        String value,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        String basis) implements EventData {}
