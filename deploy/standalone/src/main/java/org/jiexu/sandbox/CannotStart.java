package org.jiexu.sandbox;

/** Something that the person at the keyboard can put right; the message says what and how. */
public final class CannotStart extends RuntimeException {

    public CannotStart(String message) {
        super(message);
    }
}
