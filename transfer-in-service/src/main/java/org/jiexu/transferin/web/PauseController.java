package org.jiexu.transferin.web;

import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.PauseReason;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.PauseClock;
import org.jiexu.transferin.ShowProgress;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 补正暂停 — the receiving region's clerks ask the applicant for something, and go on (R4.6). */
@RestController
@RequestMapping("/api/v1/agency/{region}/transfers-in/{number}")
class PauseController {
    private final PauseClock pauseClock;
    private final ShowProgress showProgress;
    private final CaseStore cases;
    private final ServiceIdentity identity;

    PauseController(PauseClock pauseClock, ShowProgress showProgress, CaseStore cases, ServiceIdentity identity) {
        this.pauseClock = pauseClock;
        this.showProgress = showProgress;
        this.cases = cases;
        this.identity = identity;
    }

    /** 暂停. */
    record PauseBody(@Nullable String reason) {
        /** Nothing: people write what they like. */
        @Override
        public String toString() {
            return "PauseBody";
        }
    }

    @PostMapping("/pause")
    ShowProgress.View pause(
            @PathVariable String region, @PathVariable String number, @RequestBody PauseBody body, Caller caller) {
        var file = file(region, number, caller);
        pauseClock.pause(file.number(), PauseReason.read(body.reason()));
        return showProgress.of(file(region, number, caller));
    }

    @PostMapping("/resumption")
    ShowProgress.View resume(@PathVariable String region, @PathVariable String number, Caller caller) {
        pauseClock.resume(file(region, number, caller).number());
        return showProgress.of(file(region, number, caller));
    }

    private CaseFile file(String region, String number, Caller caller) {
        caller.requireRole(Role.CLERK);
        // What one may not see answers as what does not exist.
        if (!RegionCode.isWellFormed(region)
                || !identity.hosts(new RegionCode(region))
                || !caller.mayActFor(new RegionCode(region))
                || !CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        return cases.find(new CaseNumber(number))
                .filter(file -> file.receiving().equals(new RegionCode(region)))
                .orElseThrow(Problem::notFound);
    }
}
