package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;

import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 电子印章 — whoever holds a paper can have its seal looked at. */
@Tag("R9.4")
class SealStory {
    private static final String TEXT = "{\"title\":\"受理单\",\"amount\":\"10.00\"}";

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Sm2KeyPair key = registry.key(Source.of(CHANGSHA, ServiceName.TRANSFER_IN));
    private final Bytes seal = key.sign(Bytes.ofUtf8(TEXT));

    private Answer verify(String text, String keyId, String seal) {
        return registry.post(
                registry.issuer.person(new PersonId("P00000STRANGE")),
                "/api/v1/documents/verification",
                "{\"text\": %s, \"sealKeyId\": \"%s\", \"seal\": \"%s\"}".formatted(WireJson.text(text), keyId, seal));
    }

    @Test
    void namesWhoSealedAnUnchangedPaper() {
        var told = verify(TEXT, key.publicKey().keyId(), seal.base64()).body();

        assertThat(told.path("finding").asString()).isEqualTo("GENUINE");
        assertThat(told.path("region").asString()).isEqualTo("430100");
        assertThat(told.path("regionName").asString()).isEqualTo("长沙市");
        assertThat(told.path("service").asString()).isEqualTo("TRANSFER_IN");
    }

    @Test
    void tellsAChangedTextAndASealOfSomethingElse() {
        var changed = verify(TEXT.replace("10.00", "99.00"), key.publicKey().keyId(), seal.base64());
        var noSeal = verify(TEXT, key.publicKey().keyId(), Bytes.ofUtf8("seal").base64());

        assertThat(changed.body().path("finding").asString()).isEqualTo("CHANGED");
        assertThat(noSeal.body().path("finding").asString()).isEqualTo("CHANGED");
    }

    @Test
    void doesNotKnowASealThatWasNeverRegistered() {
        var told = verify(TEXT, Sm2KeyPair.generate().publicKey().keyId(), seal.base64());

        assertThat(told.body().path("finding").asString()).isEqualTo("UNKNOWN_SEAL");
        assertThat(told.body().has("region")).isFalse();
    }
}
