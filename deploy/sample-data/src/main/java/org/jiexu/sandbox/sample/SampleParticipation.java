package org.jiexu.sandbox.sample;

import java.util.List;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/**
 * 参保关系 — one person's participation in one region and scheme.
 *
 * @param personType the field's {@code psn_type}: 11xx working, 12xx retired, 14xx resident
 * @param paid months paid, in time order; a month in arrears is simply not there
 * @param balance what stands on the personal account; 0.00 without one
 */
public record SampleParticipation(
        RegionCode region,
        Scheme scheme,
        String personType,
        SampleStatus status,
        List<SamplePeriod> paid,
        Fen balance) {

    public int monthsPaid() {
        return paid.stream().mapToInt(SamplePeriod::months).sum();
    }
}
