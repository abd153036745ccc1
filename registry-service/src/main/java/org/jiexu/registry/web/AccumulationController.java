package org.jiexu.registry.web;

import java.util.Objects;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.ShowAccumulation;
import org.jiexu.registry.domain.Accumulation;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** 缴费年限累计 — for the agency where a person takes part, and for the person. */
@RestController
class AccumulationController {
    private final ShowAccumulation showAccumulation;

    AccumulationController(ShowAccumulation showAccumulation) {
        this.showAccumulation = showAccumulation;
    }

    @GetMapping("/api/v1/agency/{region}/participation/{person}/accumulation")
    Accumulation forAgency(Caller caller, @PathVariable RegionCode region, @PathVariable PersonId person) {
        caller.requireRole(Role.CLERK, Role.REVIEWER).requireActingFor(region);
        return showAccumulation.forAgency(person, region);
    }

    @GetMapping("/api/v1/regions/{region}/persons/me/accumulation")
    Accumulation mine(Caller caller, @PathVariable RegionCode region) {
        caller.requireRole(Role.PERSON, Role.APP);
        if (caller.person() == null) {
            throw Problem.notFound();
        }
        return showAccumulation.forPerson(Objects.requireNonNull(caller.person()), region);
    }
}
