package org.jiexu.bus.client;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/** 人员核对 — are these persons registered, and in the employee scheme of that region (R11.4)? */
public record KnownPersonsRequest(
        @NotNull RegionCode region,
        @NotNull @Size(max = 1000) List<@NotNull PersonId> persons) {}
