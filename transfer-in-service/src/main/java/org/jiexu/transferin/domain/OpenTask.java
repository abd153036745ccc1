package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.wire.vocabulary.CaseNumber;

/** 待办 — something that waits for the region's people. */
public record OpenTask(long position, CaseNumber number, Work kind, Instant openedAt) {}
