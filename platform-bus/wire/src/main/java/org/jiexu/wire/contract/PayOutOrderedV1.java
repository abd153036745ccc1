package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;

/** 提取指令 — the case is completed: pay the held balance out to the person (R2.10, R11.4). */
public record PayOutOrderedV1(PersonId person, Scheme scheme) implements EventData {}
