package org.jiexu.bus.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jspecify.annotations.Nullable;

/** 校验结果 — the registry's answer to a {@link CheckRequest}; {@code outcome} names which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CheckAnswer.Acceptable.class, name = "ACCEPTABLE"),
    @JsonSubTypes.Type(value = CheckAnswer.Refused.class, name = "REFUSED"),
    @JsonSubTypes.Type(value = CheckAnswer.NotYours.class, name = "NOT_YOURS")
})
public sealed interface CheckAnswer {
    /** 可受理 — nothing stands against it, and the relationship is reserved. */
    record Acceptable(PersonId person, @Nullable String personName) implements CheckAnswer {
        @Override
        public String toString() {
            return "Acceptable[" + person + "]";
        }
    }

    /** 不予受理 — every reason, not only the first. */
    record Refused(List<CodedReason> reasons) implements CheckAnswer {}

    /** 非本人 — the applicant is not that person, or there is none: the two cannot be told apart. */
    record NotYours() implements CheckAnswer {}
}
