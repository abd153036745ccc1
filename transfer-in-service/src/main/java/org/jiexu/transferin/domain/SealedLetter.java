package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.sheet.ContactLetter;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;

/** 盖章联系函 — the letter's exact text and the receiving region's seal over it. */
public record SealedLetter(String letterNumber, String text, String keyId, Bytes seal, Instant issuedAt) {

    public static SealedLetter seal(ContactLetter letter, Sm2KeyPair key, Instant at) {
        var text = WireJson.text(letter);
        return new SealedLetter(letter.letterNumber(), text, key.publicKey().keyId(), key.sign(Bytes.ofUtf8(text)), at);
    }

    public ContactLetter read() {
        return WireJson.read(text, ContactLetter.class);
    }

    /** Without the text: it is about a person. */
    @Override
    public String toString() {
        return "SealedLetter[" + letterNumber + "]";
    }
}
