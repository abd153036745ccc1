package org.jiexu.wire.contract;

import java.util.List;
import org.jiexu.wire.vocabulary.RegionCode;

/** 统筹区目录 — a pooling region with its agencies; {@code onPlatform} regions have topics and endpoints. */
public record RegionListedV1(
        RegionCode code,
        String name,
        String provinceCode,
        String provinceName,
        String kind,
        boolean onPlatform,
        List<AgencyV1> agencies,
        List<EndpointV1> endpoints)
        implements EventData {
    /** {@code kind} of a province's clearing centre: no pooling region, but it has an endpoint (R7). */
    public static final String CLEARING_CENTRE = "clearing-centre";

    public boolean isClearingCentre() {
        return kind.equals(CLEARING_CENTRE);
    }
}
