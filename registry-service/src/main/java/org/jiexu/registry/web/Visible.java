package org.jiexu.registry.web;

import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.postgres.CaseFigureStore.Scope;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.registry.postgres.LimitFigureStore.Place;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 可见范围 — what one may see of the whole: operators their province, those without a province and auditors the country,
 * clerks and reviewers their region. What was asked for narrows it; what lies outside does not exist (404).
 */
record Visible(@Nullable RegionCode region, @Nullable String province) {

    static Visible to(Caller caller, @Nullable RegionCode region, @Nullable String province) {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR, Role.CLERK, Role.REVIEWER);
        if (province != null && !province.matches("[0-9]{2}0000")) {
            throw Problem.field("province", "INVALID_PARAMETER", "省份应为六位行政区划代码，如430000。");
        }
        var own = caller.is(Role.CLERK, Role.REVIEWER) ? caller.region() : null;
        if (caller.is(Role.CLERK, Role.REVIEWER)) {
            if (own == null || (region != null && !region.equals(own))) {
                throw Problem.notFound();
            }
            return new Visible(own, null);
        }
        var limit = caller.is(Role.OPERATOR) ? caller.province() : null;
        if (limit != null && province != null && !province.equals(limit)) {
            throw Problem.notFound();
        }
        return new Visible(region, limit == null ? province : limit);
    }

    /** For figures: a region of another province would count cases that one may not see. */
    Scope scope() {
        if (region != null) {
            if (province != null && !region.province().equals(province)) {
                throw Problem.notFound();
            }
            return Scope.ofRegion(region.value());
        }
        return province == null ? Scope.national() : Scope.ofProvince(province);
    }

    /** For limits, which count where the duty is. */
    Place place() {
        scope();
        return new Place(region, region == null ? province : null);
    }

    boolean includes(CaseIndexStore.Case found) {
        return (region == null
                        || found.sending().equals(region)
                        || found.receiving().equals(region))
                && (province == null
                        || found.sending().province().equals(province)
                        || found.receiving().province().equals(province));
    }
}
