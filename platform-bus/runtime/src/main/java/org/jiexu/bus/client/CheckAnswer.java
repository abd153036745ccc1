package org.jiexu.bus.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import java.util.List;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/** 校验结果 — the registry's answer to a {@link CheckRequest}; {@code outcome} names which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CheckAnswer.Acceptable.class, name = "ACCEPTABLE"),
    @JsonSubTypes.Type(value = CheckAnswer.Waiting.class, name = "WAITING"),
    @JsonSubTypes.Type(value = CheckAnswer.Refused.class, name = "REFUSED"),
    @JsonSubTypes.Type(value = CheckAnswer.NotYours.class, name = "NOT_YOURS")
})
public sealed interface CheckAnswer {
    /**
     * 可受理 — nothing stands against it, and the relationship is reserved.
     *
     * @param notBefore the case may not complete before that day: the old coverage year is still running (R1.3)
     */
    record Acceptable(
            PersonId person,
            @Nullable String personName,
            @Nullable LocalDate notBefore) implements CheckAnswer {
        public Acceptable(PersonId person, @Nullable String personName) {
            this(person, personName, null);
        }

        @Override
        public String toString() {
            return "Acceptable[" + person + ", " + notBefore + "]";
        }
    }

    /**
     * 等候联办 — everything that fails can be mended on-line and the applicant wished it: a task of each region concerned
     * (R2.8). Nothing is reserved yet. Asked again it answers otherwise once the tasks are done, or one is refused.
     */
    record Waiting(PersonId person, List<CodedReason> reasons, List<Wish> wishes) implements CheckAnswer {}

    /** 联办事项 — what the applicant wishes done, and by which region. */
    record Wish(RegionCode region, Scheme scheme, WishKind kind) {}

    /** What can be done on-line. */
    enum WishKind {
        /** 暂停参保 in the old region. */
        SUSPEND,
        /** 参保登记 in the receiving region. */
        ENROL
    }

    /**
     * 不予受理 — every reason, not only the first.
     *
     * @param person whom to tell of it (R10.2); none where name and number are not one person's
     */
    record Refused(List<CodedReason> reasons, @Nullable PersonId person) implements CheckAnswer {
        public Refused(List<CodedReason> reasons) {
            this(reasons, null);
        }
    }

    /** 非本人 — the applicant is not that person, or there is none: the two cannot be told apart. */
    record NotYours() implements CheckAnswer {}
}
