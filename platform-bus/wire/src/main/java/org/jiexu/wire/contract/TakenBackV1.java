package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/**
 * 到账冲正 — the receiving region has taken an advance back from the account to which it was credited; its case says so (R7.6).
 *
 * @param amount all of what was credited
 * @param ground why, in the words of the clerk who prepared it
 */
public record TakenBackV1(RemittanceNumber remittance, Fen amount, String ground, Instant takenBackAt)
        implements EventData {}
