package org.jiexu.system;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jiexu.sandbox.Sandbox;
import org.junit.jupiter.params.provider.Arguments;

/** What somebody with the database in hand could do to balances, paid months and looks at persons (R11.5). */
final class LiesByHand {
    private LiesByHand() {}

    /** A clerk looks at the person of a case in full, so that there is something to lie about. */
    static void look(Sandbox sandbox, String number) {
        sandbox.door()
                .post(
                        "clerk-430100",
                        "/api/v1/agency/430100/transfers-in/" + number + "/unmask",
                        Map.of("reason", "与申请人核对证件号码"))
                .expect(200);
    }

    static Stream<Arguments> all() {
        return Stream.of(
                AuditStory.lie(
                        "a balance that nobody stands beside",
                        "I10",
                        "is by one hand",
                        facts -> AuditStory.rows(facts, "posting_hand", AuditStory::withoutTheLast)),
                AuditStory.lie(
                        "a balance that one person has prepared and approved",
                        "I10",
                        "prepared and approved by the same person",
                        facts -> AuditStory.rows(facts, "posting_hand", rows -> AuditStory.set(rows, "act", "IMPORT"))),
                AuditStory.lie(
                        "a balance of a sandbox that is none",
                        "I10",
                        "and there is none",
                        facts -> AuditStory.rows(facts, "sandbox_clock", _ -> List.of())),
                AuditStory.lie(
                        "paid months shifted by ten years",
                        "I10",
                        "are not those that were written down",
                        facts -> AuditStory.rows(
                                facts, "paid_period", rows -> AuditStory.set(rows, "first", "1999-01"))),
                AuditStory.lie(
                        "an entry of months that was rewritten with them",
                        "I10",
                        "was changed, or one before it is gone",
                        facts -> AuditStory.rows(
                                facts,
                                "months_entry",
                                rows -> AuditStory.set(rows, "content", "1999-01..2020-12@370899;"))),
                AuditStory.lie(
                        "months of a sheet that was booked otherwise",
                        "I10",
                        "is not what case",
                        facts -> AuditStory.rows(
                                facts, "inherited_row", rows -> AuditStory.set(rows, "first", "1999-01"))),
                AuditStory.lie(
                        "a changed look at a person",
                        "I10",
                        "was changed",
                        facts -> AuditStory.rows(
                                facts, "unmasking", rows -> AuditStory.set(rows, "subject", "somebody-else"))),
                AuditStory.lie(
                        "a look at a person that was taken away",
                        "I10",
                        "the last looks of",
                        facts -> AuditStory.rows(facts, "unmasking", AuditStory::withoutTheLast)));
    }
}
