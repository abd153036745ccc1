package org.jiexu.wire.signing;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bouncycastle.crypto.signers.SM2Signer;

/** Signers of one key, ready for use: to begin one multiplies a point, which costs as much as the signature. */
final class Sm2Signers {
    private final ConcurrentLinkedQueue<SM2Signer> idle = new ConcurrentLinkedQueue<>();
    private final Supplier<SM2Signer> begin;

    Sm2Signers(Supplier<SM2Signer> begin) {
        this.begin = begin;
    }

    <T> T with(Function<SM2Signer, T> work) {
        var known = idle.poll();
        var signer = known == null ? begin.get() : known;
        // After a failure it is not used again: it may hold half a message.
        T result = work.apply(signer);
        idle.add(signer);
        return result;
    }
}
