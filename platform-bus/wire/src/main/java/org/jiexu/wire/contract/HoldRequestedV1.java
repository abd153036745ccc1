package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;

/** 冻结请求 — the old region asks its settlement to hold the balance before the sheet states it. */
public record HoldRequestedV1(int attempt, PersonId person, Scheme scheme) implements EventData {}
