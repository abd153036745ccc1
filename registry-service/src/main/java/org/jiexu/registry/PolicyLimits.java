package org.jiexu.registry;

import java.util.List;
import org.jiexu.bus.directory.Policies;
import org.jiexu.registry.domain.CheckPolicies;
import org.jiexu.registry.domain.Waiting;
import org.jiexu.wire.contract.PolicyDatedV1;

/** 政策合规 — what a region may not set: a policy against the national measure is refused when loaded (43号 Art. 15). */
final class PolicyLimits {
    private static final int LONGEST_BACK_PAYMENT_MONTHS = 24;

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
            // What would add a condition that the rulebook does not know.
            default -> CheckPolicies.fault(policy).stream().toList();
        };
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
