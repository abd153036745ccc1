package org.jiexu.bus.client;

/** The registry's answer is longer than anybody here reads. Asking the same again will not change that; asking for less may. */
public final class AnswerTooLarge extends RegistryUnavailable {
    AnswerTooLarge() {
        super("the registry's answer is too large", false, null);
    }
}
