package org.jiexu.wire.sheet;

import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;

/**
 * 盖章信息表 — the sheet as it leaves the old region: its exact text and the agency's SM2 seal over that text. It outlives the
 * envelope it came in, so the text is kept and passed on unchanged, never printed anew.
 *
 * @param text JSON of the {@link InfoSheet}
 * @param keyId names the key that sealed it
 * @param seal over the text's UTF-8
 */
public record SealedSheet(String text, String keyId, Bytes seal) {

    public static SealedSheet seal(InfoSheet sheet, Sm2KeyPair key) {
        var text = WireJson.text(sheet);
        return new SealedSheet(text, key.publicKey().keyId(), key.sign(Bytes.ofUtf8(text)));
    }

    /** Whether that key, and no other, sealed exactly this text. */
    public boolean isSealedBy(Sm2PublicKey key) {
        return key.keyId().equals(keyId) && key.verifies(Bytes.ofUtf8(text), seal);
    }

    /** Throws {@link WireJson.Unreadable} when the text is no sheet. */
    public InfoSheet read() {
        return WireJson.read(text, InfoSheet.class);
    }

    /** SM3 of the text in hex: the same version with another digest is another sheet. */
    public String digest() {
        return Sm3.of(Bytes.ofUtf8(text)).hex();
    }

    /** Without the text: it is about a person. */
    @Override
    public String toString() {
        return "SealedSheet[digest=" + digest() + ", keyId=" + keyId + "]";
    }
}
