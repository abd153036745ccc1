package org.jiexu.registry;

import java.util.List;
import org.jiexu.bus.directory.Policies;
import org.jiexu.registry.domain.CheckPolicies;
import org.jiexu.registry.domain.Waiting;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.vocabulary.Fen;

/** 政策合规 — what a region may not set: a policy against the national measure is refused when loaded (43号 Art. 15). */
final class PolicyLimits {
    private static final int LONGEST_BACK_PAYMENT_MONTHS = 24;
    /** ◇ Where no source limits it: a year of working days. */
    private static final int LONGEST_HOUSE_LIMIT = 250;

    private PolicyLimits() {}

    /** The policy as it came; {@link IllegalArgumentException} says everything that stands against it. */
    static PolicyDatedV1 checked(PolicyDatedV1 policy) {
        var faults = faults(policy);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("policy " + policy.name() + " of " + policy.scope() + " from "
                    + policy.validFrom() + " is refused: " + String.join("; ", faults));
        }
        return policy;
    }

    private static List<String> faults(PolicyDatedV1 policy) {
        return switch (policy.name()) {
            case Policies.BENEFITS_EMPLOYEE_WAITING -> waitingFaults(policy, true);
            case Policies.BENEFITS_RESIDENT_WAITING -> waitingFaults(policy, false);
            case Policies.BENEFITS_BACK_PAYMENT_MONTHS ->
                policy.value().matches("[0-9]{1,2}") && Integer.parseInt(policy.value()) <= LONGEST_BACK_PAYMENT_MONTHS
                        ? List.of()
                        : List.of("back payment is possible for between 0 and " + LONGEST_BACK_PAYMENT_MONTHS
                                + " months");
            // R4.4, 43号 Art. 10, 15: shorter is welcome, longer than the national measure is not.
            case Policies.ISSUE_WORKING_DAYS -> daysFaults(policy, 10, "43号 Art. 8");
            case Policies.BOOK_WORKING_DAYS -> daysFaults(policy, 5, "43号 Art. 9");
            case Policies.PROMISE_WORKING_DAYS -> daysFaults(policy, 15, "R2.4");
            case Policies.CORRECT_WORKING_DAYS,
                    Policies.CREDIT_WORKING_DAYS,
                    Policies.MATCH_WORKING_DAYS,
                    Policies.REVIEW_WORKING_DAYS,
                    Policies.SUPPLEMENT_WORKING_DAYS,
                    Policies.PAY_UP_WORKING_DAYS,
                    Policies.PAY_DOWN_WORKING_DAYS -> daysFaults(policy, LONGEST_HOUSE_LIMIT, "house rule");
            case Policies.DEADLINE_ESCALATION ->
                policy.value().matches("[0-9]{1,2}")
                        ? List.of()
                        : List.of("the province is told after up to 99 working days, or never with 0");
            case Policies.WARN_WORKING_DAYS ->
                policy.value().matches(" *[1-9][0-9]? *(, *[1-9][0-9]? *)*")
                        ? List.of()
                        : List.of("warnings are numbers of working days, such as 3,1");
            case Policies.HAND_PERSON_CEILING, Policies.HAND_BATCH_CEILING ->
                Fen.isWellFormed(policy.value()) && Fen.parse(policy.value()).compareTo(Fen.ZERO) >= 0
                        ? List.of()
                        : List.of("R11.5: the ceiling is an amount in yuan with two decimals");
            // What would add a condition that the rulebook does not know.
            default -> CheckPolicies.fault(policy).stream().toList();
        };
    }

    private static List<String> daysFaults(PolicyDatedV1 policy, int most, String ground) {
        return policy.value().matches("[0-9]{1,3}")
                        && Integer.parseInt(policy.value()) >= 1
                        && Integer.parseInt(policy.value()) <= most
                ? List.of()
                : List.of(ground + ": between 1 and " + most + " working days");
    }

    /** R8.2: the employee scheme has at most six months; a longer rule for residents needs a basis of its own. */
    private static List<String> waitingFaults(PolicyDatedV1 policy, boolean employees) {
        try {
            if (!Waiting.of(policy.value(), policy.basis()).mayExceedSixMonths()) {
                return List.of();
            }
            if (employees) {
                return List.of("43号 Art. 11: the employee scheme's waiting period has at most 6 months");
            }
            return policy.basis().isBlank() ? List.of("R8.2: more than 6 months need a basis of their own") : List.of();
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
