package org.jiexu.transferin.web;

import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.wire.vocabulary.RegionCode;

/** 渠道与身份 — through which channels whom the door lets in (R1.5, R2.1). */
final class Doors {
    private Doors() {}

    /** Whether that caller may hand in that application through the channel that it names. */
    static boolean leads(Caller caller, Application application) {
        return switch (application.channel()) {
            case NATIONAL_APP, PROVINCIAL_APP, SELF_SERVICE ->
                caller.is(Role.PERSON, Role.APP) && caller.person() != null;
            case EMPLOYER -> caller.is(Role.EMPLOYER) && caller.uscc() != null;
            case WINDOW_RECEIVING -> caller.is(Role.CLERK) && caller.mayActFor(application.to());
            case WINDOW_SENDING -> caller.is(Role.CLERK) && caller.mayActFor(application.from());
            // Nobody applies for what starts by itself.
            case AUTOMATIC -> false;
        };
    }

    /** The channel of one who names none. */
    static Channel standard(Caller caller, RegionCode receiving) {
        return switch (caller.role()) {
            case EMPLOYER -> Channel.EMPLOYER;
            case CLERK -> caller.mayActFor(receiving) ? Channel.WINDOW_RECEIVING : Channel.WINDOW_SENDING;
            case PERSON, APP, REVIEWER, OPERATOR, AUDITOR, SERVICE -> Channel.NATIONAL_APP;
        };
    }
}
