package org.jiexu.wire.signing;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.util.BigIntegers;
import org.jiexu.wire.vocabulary.Bytes;

/** A signing key of one service of one region. The private half stays with its owner. */
public final class Sm2KeyPair {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ECPrivateKeyParameters privateKey;
    private final Sm2PublicKey publicKey;
    private final Sm2Signers signers = new Sm2Signers(this::signer);

    private Sm2KeyPair(BigInteger d) {
        this.privateKey = new ECPrivateKeyParameters(d, Sm2PublicKey.DOMAIN);
        this.publicKey = Sm2PublicKey.of(Sm2PublicKey.DOMAIN.getG().multiply(d).normalize());
    }

    public static Sm2KeyPair generate() {
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(Sm2PublicKey.DOMAIN, RANDOM));
        var pair = generator.generateKeyPair();
        return new Sm2KeyPair(((ECPrivateKeyParameters) pair.getPrivate()).getD());
    }

    /** From the 32 bytes that {@link #privateBytes()} gave. */
    public static Sm2KeyPair ofPrivate(Bytes secret) {
        return new Sm2KeyPair(new BigInteger(1, secret.toArray()));
    }

    public Bytes privateBytes() {
        return Bytes.of(BigIntegers.asUnsignedByteArray(32, privateKey.getD()));
    }

    public Sm2PublicKey publicKey() {
        return publicKey;
    }

    /** DER-encoded SM2 signature with SM3 and the standard's default identity. */
    public Bytes sign(Bytes message) {
        byte[] content = message.toArray();
        return signers.with(signer -> {
            signer.update(content, 0, content.length);
            try {
                return Bytes.of(signer.generateSignature());
            } catch (CryptoException e) {
                throw new IllegalStateException("SM2 could not sign", e);
            }
        });
    }

    private SM2Signer signer() {
        var signer = new SM2Signer();
        signer.init(true, new ParametersWithRandom(privateKey, RANDOM));
        return signer;
    }
}
