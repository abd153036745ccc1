package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/** 已发生环节 — one line of a case's progress: what happened when, and which region has had the case since. */
public record TakenStep(Step step, String detail, @Nullable RegionCode holder, Instant at) {}
