package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;

/** 办结 — both legs are done; the old relationship ends by itself (43号 Art. 13). */
public record TransferCompletedV1(int version, Fen credited) implements EventData {}
