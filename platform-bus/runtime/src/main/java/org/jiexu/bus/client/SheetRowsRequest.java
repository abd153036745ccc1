package org.jiexu.bus.client;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 信息表取数请求 — the rows of several cases at once. */
public record SheetRowsRequest(@NotNull @Size(max = 100) List<@NotNull @Valid Item> items) {

    /** One case: whose record, and of which region and scheme. */
    public record Item(
            @NotNull CaseNumber number,
            @NotNull PersonId person,
            @NotNull RegionCode region,
            @NotNull Scheme scheme) {}
}
