package org.jiexu.registry.web;

import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Role;
import org.jiexu.wire.vocabulary.RegionCode;

/** 经办人员 of one region, or a service of the platform; 403 for everybody else. */
final class AgencyStaff {
    private AgencyStaff() {}

    static void require(Caller caller, RegionCode region) {
        caller.requireRole(Role.CLERK, Role.REVIEWER, Role.SERVICE);
        if (!caller.is(Role.SERVICE)) {
            caller.requireActingFor(region);
        }
    }
}
