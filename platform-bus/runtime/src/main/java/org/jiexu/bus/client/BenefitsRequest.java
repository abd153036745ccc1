package org.jiexu.bus.client;

import jakarta.validation.constraints.NotNull;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 待遇衔接询问 — about the move of a completed case (43号 Art. 11). */
public record BenefitsRequest(
        @NotNull CaseNumber number,
        @NotNull PersonId person,
        @NotNull RegionCode sending,
        @NotNull Scheme fromScheme,
        @NotNull RegionCode receiving,
        @NotNull Scheme toScheme) {}
