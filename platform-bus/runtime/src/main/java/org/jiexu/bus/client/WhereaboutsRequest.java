package org.jiexu.bus.client;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/** 现参保地查询 — of persons whose employee relationship with that region has ended: where in its province are they insured? */
public record WhereaboutsRequest(
        @NotNull RegionCode region,
        @NotNull @Size(max = 1000) List<@NotNull PersonId> persons) {}
