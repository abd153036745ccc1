package org.jiexu.registry.domain;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jiexu.wire.contract.PolicyDatedV1;

/**
 * 地方核验政策 — what regions may set about the checks. 43号 Art. 15: no region adds conditions of its own; what practice
 * knows can be switched on, dated and with its legal basis, and nothing else.
 */
public final class CheckPolicies {
    /** {@code ground.<CODE>}: true switches a ground of practice on. */
    public static final String GROUND = "ground.";
    /** Whether residents may move within the current coverage year (43号 Art. 5.2); asked of the receiving region. */
    public static final String SAME_YEAR = "resident.sameYear";

    private static final Set<String> SWITCH = Set.of("true", "false");
    private static final Set<String> YEAR = Set.of("refuse", "accept");

    private CheckPolicies() {}

    /**
     * What is in force for one application.
     *
     * @param sameYearAccepted residents may move within the coverage year
     * @param there grounds that the old region has switched on, with their basis
     * @param here grounds that the receiving region has switched on, with their basis
     */
    public record InForce(boolean sameYearAccepted, Map<Ground, String> there, Map<Ground, String> here) {
        /** No region has set anything. */
        public static final InForce NONE = new InForce(false, Map.of(), Map.of());
    }

    /** Why that policy may not be loaded; empty when it may, or is about something else. */
    public static Optional<String> fault(PolicyDatedV1 policy) {
        if (policy.name().equals(SAME_YEAR)) {
            return YEAR.contains(policy.value())
                    ? basisOf(policy)
                    : Optional.of("its value is neither refuse nor accept");
        }
        if (!policy.name().startsWith(GROUND)) {
            return Optional.empty();
        }
        var ground = Ground.ofCode(policy.name().substring(GROUND.length()));
        if (ground.isEmpty()) {
            return Optional.of("there is no such ground");
        }
        if (!ground.get().isSwitched()) {
            return Optional.of("that ground is always on");
        }
        return SWITCH.contains(policy.value()) ? basisOf(policy) : Optional.of("its value is neither true nor false");
    }

    private static Optional<String> basisOf(PolicyDatedV1 policy) {
        return policy.basis().isBlank() ? Optional.of("it names no legal basis") : Optional.empty();
    }
}
