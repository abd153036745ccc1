package org.jiexu.transferin.web;

import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.CaseFile;

/** 查询权限 — who may see a case. Everybody else is answered as if it did not exist. */
final class Visibility {
    private Visibility() {}

    static boolean maySee(Caller caller, CaseFile file) {
        return caller.role() == Role.AUDITOR || isParty(caller, file) || worksOn(caller, file);
    }

    /** Who may act for the applicant: the person, whoever applied, and the clerks of both regions. */
    static boolean mayWithdraw(Caller caller, CaseFile file) {
        return isParty(caller, file) || (caller.is(Role.CLERK) && worksOn(caller, file));
    }

    /** The person, and whoever applied. */
    static boolean isParty(Caller caller, CaseFile file) {
        var applicant = file.applicant();
        return switch (caller.role()) {
            case PERSON, APP ->
                caller.person() != null
                        && (caller.person().equals(file.person())
                                || caller.person().equals(applicant.person()));
            case EMPLOYER -> caller.uscc() != null && caller.uscc().equals(applicant.uscc());
            case CLERK, REVIEWER, OPERATOR, AUDITOR, SERVICE -> false;
        };
    }

    private static boolean worksOn(Caller caller, CaseFile file) {
        return caller.mayActFor(file.receiving()) || caller.mayActFor(file.sending());
    }

    static Applicant applicant(Caller caller) {
        return new Applicant(
                caller.subject(),
                caller.role().name(),
                caller.is(Role.PERSON, Role.APP) ? caller.person() : null,
                caller.is(Role.EMPLOYER) ? caller.uscc() : null,
                caller.is(Role.CLERK) ? caller.region() : null);
    }
}
