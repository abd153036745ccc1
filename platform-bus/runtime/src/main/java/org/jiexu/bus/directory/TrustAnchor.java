package org.jiexu.bus.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.vocabulary.Bytes;

/** The registry's public key, handed over outside the platform: the directory's own trust cannot come from itself. */
public final class TrustAnchor {
    private final Path file;

    public TrustAnchor(Path file) {
        this.file = file;
    }

    /** Empty while the registry has not written it yet (its very first start). */
    public Optional<Sm2PublicKey> key() {
        try {
            return Files.exists(file)
                    ? Optional.of(Sm2PublicKey.of(
                            Bytes.ofBase64(Files.readString(file).strip())))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
