package org.jiexu.bus.operations;

import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/**
 * 所监管的服务 — which service and region an address names, after it was checked that it is this one and that the caller may
 * look: operators their province, those without a province and auditors all. The registry is nobody's province alone.
 */
record Watched(Source source) {
    private static final RegionCode NOWHERE = new RegionCode("000000");

    static Watched by(Caller caller, ServiceIdentity identity, String service, RegionCode region) {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR);
        boolean isRegistry = identity.service() == ServiceName.REGISTRY;
        if (!identity.service().path().equals(service)
                || (isRegistry ? !region.equals(NOWHERE) : !identity.hosts(region))) {
            throw Problem.notFound();
        }
        var province = caller.is(Role.OPERATOR) ? caller.province() : null;
        if (province != null && (isRegistry || !region.province().equals(province))) {
            throw Problem.notFound();
        }
        return new Watched(isRegistry ? Source.REGISTRY : identity.source(region));
    }

    /** The region whose topics it reads; empty for the registry, which reads those of all. */
    String topicRegion() {
        var region = source.region();
        return region == null ? "" : region.value();
    }
}
