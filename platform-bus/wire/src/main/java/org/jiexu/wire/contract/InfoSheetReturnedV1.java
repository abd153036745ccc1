package org.jiexu.wire.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jiexu.wire.vocabulary.CodedReason;

/** 退回 — the receiving region returns a sheet for correction (R3.3), or for good when {@code isFinal} (R3.9). */
public record InfoSheetReturnedV1(
        int version,
        List<CodedReason> reasons,
        @JsonProperty("final") boolean isFinal) implements EventData {}
