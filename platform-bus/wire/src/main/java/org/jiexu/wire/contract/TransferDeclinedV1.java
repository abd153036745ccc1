package org.jiexu.wire.contract;

import java.util.List;
import org.jiexu.wire.vocabulary.CodedReason;

/** 不予办理 — the case has ended after acceptance, with reasons (R3.4, R3.9); {@code moneySent} says whether money is on its way that must come back. */
public record TransferDeclinedV1(List<CodedReason> reasons, boolean moneySent) implements EventData {}
