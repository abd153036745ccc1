package org.jiexu.wire.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.wire.envelope.Envelopes.KEY;
import static org.jiexu.wire.envelope.Envelopes.anEnvelope;

import java.time.Instant;
import java.util.List;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Envelope SIGNED = anEnvelope().signedBy(KEY);

    @Test
    void isSignedByItsKey() {
        assertThat(SIGNED.isSignedBy(KEY.publicKey())).isTrue();
        assertThat(SIGNED.keyId()).isEqualTo(KEY.publicKey().keyId());
        assertThat(SIGNED.isSignedBy(Sm2KeyPair.generate().publicKey())).isFalse();
        assertThat(SIGNED.instant()).isEqualTo(Instant.parse("2026-09-14T01:00:00Z"));
    }

    @Test
    void breaksWithAnyChangeOfWhatWasSigned() {
        var e = SIGNED;
        var changed = List.of(
                with("other", e.source(), e.type(), e.to(), e.subject(), e.time(), e.sequence(), e.data()),
                with(e.id(), "/registry", e.type(), e.to(), e.subject(), e.time(), e.sequence(), e.data()),
                with(e.id(), e.source(), "transfer.declined.v1", e.to(), e.subject(), e.time(), e.sequence(), e.data()),
                with(e.id(), e.source(), e.type(), "330100", e.subject(), e.time(), e.sequence(), e.data()),
                with(e.id(), e.source(), e.type(), e.to(), "other", e.time(), e.sequence(), e.data()),
                with(e.id(), e.source(), e.type(), e.to(), e.subject(), "2026-09-14T01:00:01Z", 1, e.data()),
                with(e.id(), e.source(), e.type(), e.to(), e.subject(), e.time(), 2, e.data()),
                with(e.id(), e.source(), e.type(), e.to(), e.subject(), e.time(), 1, Bytes.ofUtf8("{ }")));

        assertThat(changed).allSatisfy(other -> {
            assertThat(other.isSignedBy(KEY.publicKey())).isFalse();
            assertThat(other.digest()).isNotEqualTo(SIGNED.digest());
        });
    }

    @Test
    void keepsEachAttributeWithinItsOwnBounds() {
        var e = SIGNED;
        var moved = with(
                e.id() + e.source().charAt(0),
                e.source().substring(1),
                e.type(),
                e.to(),
                e.subject(),
                e.time(),
                e.sequence(),
                e.data());

        assertThat(moved.isSignedBy(KEY.publicKey())).isFalse();
    }

    @Test
    void staysValidWhateverTheTraceSays() {
        var traced = envelope(SIGNED, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(traced.isSignedBy(KEY.publicKey())).isTrue();
        assertThat(traced.digest()).isEqualTo(SIGNED.digest());
    }

    private static Envelope envelope(Envelope e, @Nullable String traceParent) {
        return new Envelope(
                e.id(),
                e.source(),
                e.type(),
                e.to(),
                e.subject(),
                e.time(),
                e.sequence(),
                e.causationId(),
                traceParent,
                e.keyId(),
                e.signature(),
                e.data());
    }

    private static Envelope with(
            String id, String source, String type, String to, String subject, String time, long sequence, Bytes data) {
        return new Envelope(
                id,
                source,
                type,
                to,
                subject,
                time,
                sequence,
                SIGNED.causationId(),
                SIGNED.traceParent(),
                SIGNED.keyId(),
                SIGNED.signature(),
                data);
    }
}
