package org.jiexu.bus.client;

import org.jiexu.wire.vocabulary.PersonId;

/** 人员 — the little that a service may show about a person. */
public record PersonView(PersonId person, String name, String certificateMasked) {
    @Override
    public String toString() {
        return "PersonView[" + person + "]";
    }
}
