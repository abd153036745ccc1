package org.jiexu.wire.signing;

import org.bouncycastle.crypto.digests.SM3Digest;
import org.jiexu.wire.vocabulary.Bytes;

/** SM3 — the digest of GB/T 32905. */
public final class Sm3 {
    private Sm3() {}

    public static Bytes of(Bytes content) {
        var digest = new SM3Digest();
        byte[] bytes = content.toArray();
        digest.update(bytes, 0, bytes.length);
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return Bytes.of(result);
    }
}
