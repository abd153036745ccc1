package org.jiexu.bus.client;

import java.util.List;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/** 现参保地 — those of the persons asked for who have moved inside the province, each with one region. */
public record WhereaboutsAnswer(List<Moved> moved) {
    /** 已转移人员. */
    public record Moved(PersonId person, RegionCode region) {}
}
