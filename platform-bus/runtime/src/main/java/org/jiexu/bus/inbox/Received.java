package org.jiexu.bus.inbox;

import java.time.Instant;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/**
 * A verified message: signed by a service that may say it, addressed to the topic it came on, readable.
 *
 * @param topicRegion the region whose topic it came on; none on topics of everybody
 */
public record Received(
        String topic,
        @Nullable RegionCode topicRegion,
        Envelope envelope,
        EventType type,
        EventData data,
        Source source) {

    /** The case; only for the families whose subject is a case number. */
    public CaseNumber caseNumber() {
        return new CaseNumber(envelope.subject());
    }

    /** Business time of the event. */
    public Instant time() {
        return envelope.instant();
    }

    public String id() {
        return envelope.id();
    }
}
