package org.jiexu.wire.signing;

import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECPoint;
import org.jiexu.wire.vocabulary.Bytes;

/** The public half of a signing key: an uncompressed point of sm2p256v1. */
public final class Sm2PublicKey {
    static final ECDomainParameters DOMAIN = new ECDomainParameters(CustomNamedCurves.getByName("sm2p256v1"));

    private final ECPublicKeyParameters key;
    private final Bytes encoded;
    private final Sm2Signers signers = new Sm2Signers(this::signer);

    private Sm2PublicKey(ECPoint point) {
        this.key = new ECPublicKeyParameters(point, DOMAIN);
        this.encoded = Bytes.of(point.getEncoded(false));
    }

    static Sm2PublicKey of(ECPoint point) {
        return new Sm2PublicKey(point);
    }

    /** Throws {@link IllegalArgumentException} when the bytes are no point of the curve. */
    public static Sm2PublicKey of(Bytes encoded) {
        return new Sm2PublicKey(DOMAIN.getCurve().decodePoint(encoded.toArray()));
    }

    public Bytes encoded() {
        return encoded;
    }

    /** The key's name: the first 16 hex characters of its SM3. */
    public String keyId() {
        return Sm3.of(encoded).hex().substring(0, 16);
    }

    public boolean verifies(Bytes message, Bytes signature) {
        byte[] content = message.toArray();
        return signers.with(signer -> {
            signer.update(content, 0, content.length);
            return signer.verifySignature(signature.toArray());
        });
    }

    private SM2Signer signer() {
        var signer = new SM2Signer();
        signer.init(false, key);
        return signer;
    }
}
