package org.jiexu.sandbox.sample;

import java.time.LocalDate;
import java.util.List;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 样例人员 — one synthetic person.
 *
 * @param sex 1 male, 2 female, as in GB/T 2261.1
 * @param story what this person is there to show; null for the many
 */
public record SamplePerson(
        PersonId person,
        Certificate certificate,
        String name,
        String sex,
        LocalDate born,
        List<SampleParticipation> participations,
        @Nullable String story) {

    public SampleParticipation in(RegionCode region) {
        return participations.stream()
                .filter(participation -> participation.region().equals(region))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(person + " has never been insured in " + region));
    }

    /** Without name, number and birth date: they have no place in a log, not even a sample's. */
    @Override
    public String toString() {
        return "SamplePerson[" + person + "]";
    }
}
