package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * 查看完整信息 — somebody has looked at a person's name and number in full, and said why.
 *
 * @param subject the account that looked
 * @param at business time; {@code seenAt} the machine's
 */
public record Unmasking(
        long position,
        CaseNumber number,
        RegionCode region,
        String subject,
        String role,
        String reason,
        Instant at,
        Instant seenAt) {}
