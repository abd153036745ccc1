package org.jiexu.bus.inbox;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jiexu.bus.directory.Directory;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** From the broker's bytes to a message one may act on, or the reason why not. */
public final class Verifier {
    private final Directory directory;
    private final Predicate<EventType> heard;

    /** What came of a record. */
    public sealed interface Verdict {
        record Good(Received received) implements Verdict {}

        record Bad(String reason) implements Verdict {}

        /** Of a type that only other readers of the topic act on; its signature is theirs to check. */
        record Unheard() implements Verdict {}
    }

    Verifier(Directory directory, Predicate<EventType> heard) {
        this.directory = directory;
        this.heard = heard;
    }

    /** Throws {@link KeyNotYetKnown} when the signer's key is unknown while our directory may lag behind. */
    public Verdict verify(ConsumerRecord<String, byte[]> record) {
        if (record.serializedValueSize() > Envelope.MOST_DATA_BYTES) {
            return new Verdict.Bad("TOO_LARGE");
        }
        try {
            return verified(record.topic(), EnvelopeHeaders.read(record));
        } catch (EnvelopeHeaders.Malformed e) {
            return new Verdict.Bad("MALFORMED: " + e.getMessage());
        }
    }

    private Verdict verified(String topic, Envelope envelope) {
        var type = EventType.ofWireName(envelope.type());
        if (type.isEmpty()) {
            return new Verdict.Bad("UNKNOWN_TYPE");
        }
        var region = regionOf(topic, type.get().family());
        if (region.isEmpty()) {
            return new Verdict.Bad("WRONG_TOPIC: the type does not belong here");
        }
        if (!envelope.to().equals(region.get())) {
            return new Verdict.Bad("WRONG_ADDRESSEE");
        }
        Source source;
        Instant time;
        try {
            source = Source.parse(envelope.source());
            time = envelope.instant();
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return new Verdict.Bad("MALFORMED: ce_source or ce_time");
        }
        if (!type.get().maySay(source.service())) {
            return new Verdict.Bad("WRONG_SPEAKER: the service does not say this type");
        }
        if (!isSubject(type.get().family(), envelope.subject())) {
            return new Verdict.Bad("MALFORMED: ce_subject");
        }
        if (!heard.test(type.get())) {
            return new Verdict.Unheard();
        }
        var fault = signatureFault(envelope, source, time);
        if (fault != null) {
            return new Verdict.Bad(fault);
        }
        try {
            var data = WireJson.read(envelope.data(), type.get().dataClass());
            var topicRegion = type.get().family().isPerRegion() ? new RegionCode(region.get()) : null;
            return new Verdict.Good(new Received(topic, topicRegion, envelope, type.get(), data, source));
        } catch (WireJson.Unreadable e) {
            return new Verdict.Bad("UNREADABLE: " + e.getMessage());
        }
    }

    private @Nullable String signatureFault(Envelope envelope, Source source, Instant time) {
        var key = directory.signingKey(envelope.keyId());
        if (key.isEmpty()) {
            if (!directory.isCurrent()) {
                throw new KeyNotYetKnown();
            }
            key = directory.signingKey(envelope.keyId());
        }
        if (key.isEmpty()) {
            return "UNKNOWN_KEY";
        }
        if (!key.get().owner().equals(source)) {
            return "WRONG_SIGNER: the key belongs to another service";
        }
        if (!key.get().isValidAt(time)) {
            return "KEY_NOT_VALID at the time of the event";
        }
        return envelope.isSignedBy(key.get().publicKey()) ? null : "BAD_SIGNATURE";
    }

    private static boolean isSubject(TopicFamily family, String subject) {
        return switch (family) {
            case TRANSFER, BALANCE, PROGRESS -> CaseNumber.isValid(subject);
            case PARTICIPATION -> isPerson(subject);
            case DEADLINE, CLEARING, DIRECTORY, QUARANTINE -> true;
        };
    }

    private static boolean isPerson(String subject) {
        try {
            return new PersonId(subject).value().equals(subject);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The addressee that belongs to the topic: its region, or everybody; empty when the family does not fit it. */
    private static Optional<String> regionOf(String topic, TopicFamily family) {
        if (!family.isPerRegion()) {
            return topic.equals(family.prefix()) ? Optional.of(Topics.EVERYBODY) : Optional.empty();
        }
        var prefix = family.prefix() + ".";
        var region = topic.startsWith(prefix) ? topic.substring(prefix.length()) : "";
        return RegionCode.isWellFormed(region) ? Optional.of(region) : Optional.empty();
    }

    /** The signer may be new: wait until our copy of the directory has caught up. */
    public static final class KeyNotYetKnown extends RuntimeException {
        public KeyNotYetKnown() {
            super("a signing key is not in our copy of the directory yet");
        }
    }
}
