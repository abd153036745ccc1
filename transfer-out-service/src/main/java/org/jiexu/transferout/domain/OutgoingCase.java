package org.jiexu.transferout.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 转出业务 — one case as this region keeps it.
 *
 * @param sending this region
 * @param relationship what leaves; none while the number is unknown here, or when it was withdrawn before acceptance
 * @param version of the stored row; 0 while there is none
 */
public record OutgoingCase(
        CaseNumber number, RegionCode sending, @Nullable Relationship relationship, State state, int version) {

    /** 参保关系 — the person's relationship that leaves, and where to. */
    public record Relationship(PersonId person, Scheme scheme, Scheme toScheme, Instant acceptedAt, Terms terms) {
        /** By the ordinary path, with the account. */
        public Relationship(PersonId person, Scheme scheme, Scheme toScheme, Instant acceptedAt) {
            this(person, scheme, toScheme, acceptedAt, Terms.ORDINARY);
        }

        /** Whether the receiving region said the same before. */
        public boolean saysTheSameAs(Relationship other) {
            return person.equals(other.person)
                    && scheme == other.scheme
                    && toScheme == other.toScheme
                    && acceptedAt.equals(other.acceptedAt)
                    && terms.saysTheSameAs(other.terms);
        }
    }

    /** A number that nothing is known of yet. */
    public static OutgoingCase unknown(CaseNumber number, RegionCode sending) {
        return new OutgoingCase(number, sending, null, new State.NoCase(), 0);
    }

    /** Throws {@link IllegalStateException} for a tombstone: nothing can be asked about it. */
    public Relationship known() {
        if (relationship == null) {
            throw new IllegalStateException(number + " was never accepted here");
        }
        return relationship;
    }

    public RegionCode receiving() {
        return number.receivingRegion();
    }

    /** R6.5: whether the receiving region advances the money, and this region owes it. Nobody owes himself. */
    public boolean isAdvanced() {
        return known().terms().instant() && !sending.equals(receiving());
    }

    public OutgoingCase accepted(Relationship relationship) {
        return new OutgoingCase(number, sending, relationship, state, version);
    }
}
