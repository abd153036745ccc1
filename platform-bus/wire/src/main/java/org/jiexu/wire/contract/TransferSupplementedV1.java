package org.jiexu.wire.contract;

import java.time.Instant;
import java.util.List;

/** 已补正 — the applicant has shown what the old region asked for with that pause (R4.6): the materials, by their codes. */
public record TransferSupplementedV1(String pause, List<String> materials, Instant at) implements EventData {}
