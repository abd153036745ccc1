package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 受理 — the receiving region has accepted the case; the old region's ten working days run from {@code acceptedAt} (43号 Art. 8). */
public record TransferAcceptedV1(
        PersonId person, RegionCode from, Scheme fromScheme, RegionCode to, Scheme toScheme, Instant acceptedAt)
        implements EventData {}
