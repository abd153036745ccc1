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

    /**
     * Empty while the registry has not written it yet (its very first start); throws when the file cannot be read or holds no
     * whole key, as while it is being copied.
     */
    public Optional<Sm2PublicKey> key() {
        try {
            return Files.exists(file)
                    ? Optional.of(Sm2PublicKey.of(
                            Bytes.ofBase64(Files.readString(file).strip())))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("no key of the registry can be read from " + file, e);
        }
    }
}
