package org.jiexu.bus.web;

import static org.jiexu.bus.web.Role.APP;
import static org.jiexu.bus.web.Role.AUDITOR;
import static org.jiexu.bus.web.Role.CLERK;
import static org.jiexu.bus.web.Role.EMPLOYER;
import static org.jiexu.bus.web.Role.OPERATOR;
import static org.jiexu.bus.web.Role.PERSON;
import static org.jiexu.bus.web.Role.REVIEWER;
import static org.jiexu.bus.web.Role.SERVICE;

import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * 可报送角色 — which roles may send something to an address at all. Asked before a body is read, at the gateway and again
 * at each service; what exactly a caller may do there is decided by whoever answers the address.
 */
public final class SenderRoles {
    private record Rule(Pattern path, Set<Role> roles) {
        static Rule of(String path, Role... roles) {
            return new Rule(Pattern.compile(path), Set.of(roles));
        }
    }

    /** First match answers. */
    private static final List<Rule> RULES = List.of(
            Rule.of("/api/v1/agency/[^/]+/accounts/import", CLERK, SERVICE),
            Rule.of("/api/v1/agency/[^/]+/participation/import", CLERK, REVIEWER, SERVICE),
            Rule.of("/api/v1/agency/[^/]+/participation/imports", CLERK, REVIEWER),
            Rule.of("/api/v1/agency/.*", CLERK, REVIEWER, OPERATOR, SERVICE),
            Rule.of("/api/v1/operations/clearing/.*", CLERK, REVIEWER, OPERATOR, AUDITOR),
            Rule.of("/api/v1/operations/(clock|calendar|projections)(/.*)?", OPERATOR),
            Rule.of("/api/v1/operations/.*", OPERATOR, AUDITOR, CLERK, REVIEWER),
            Rule.of("/api/v1/regions/[^/]+/transfer-batches", EMPLOYER),
            Rule.of("/api/v1/regions/[^/]+/(transfers|instant-transfers)", PERSON, APP, EMPLOYER, CLERK),
            Rule.of("/internal/.*", SERVICE));

    private static final Set<Role> ALL = EnumSet.allOf(Role.class);

    private SenderRoles() {}

    /** 403 unless the caller may send something there. Whoever only reads is let through, and so is a caller without a token. */
    public static void check(HttpServletRequest request) {
        if (!sends(request) || request.getUserPrincipal() == null) {
            return;
        }
        if (of(request.getRequestURI()).stream().noneMatch(role -> request.isUserInRole(role.name()))) {
            throw Problem.forbidden();
        }
    }

    static Set<Role> of(String path) {
        return RULES.stream()
                .filter(rule -> rule.path().matcher(path).matches())
                .findFirst()
                .map(Rule::roles)
                .orElse(ALL);
    }

    private static boolean sends(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }
}
