package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Bytes;

/**
 * 联系函 — the receiving region asks the old one for a window application (R2.5, R9.3). {@code letter} is the exact sealed
 * text, {@code seal} the agency's SM2 seal over it. No clock runs from it.
 */
public record ContactLetterIssuedV1(String letterNumber, String letter, String sealKeyId, Bytes seal, Instant issuedAt)
        implements EventData {}
