package org.jiexu.auditor;

import java.util.Arrays;

/** Bytes that stay as they are, compared by content. */
public final class Octets {
    private final byte[] content;

    private Octets(byte[] content) {
        this.content = content;
    }

    public static Octets of(byte[] content) {
        return new Octets(content.clone());
    }

    public byte[] toArray() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(content, octets.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** The length only: content may be about a person. */
    @Override
    public String toString() {
        return content.length + " bytes";
    }
}
