package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/**
 * 参保登记 — a person is enrolled.
 *
 * @param registration 新增登记: neither a resumption nor a change of employer (R6.1)
 */
public record ParticipationOpenedV1(
        PersonId person, RegionCode region, Scheme scheme, LocalDate since, boolean registration, Instant openedAt)
        implements EventData {}
