package org.jiexu.registry.web;

import jakarta.validation.Valid;
import org.jiexu.bus.client.WhereaboutsAnswer;
import org.jiexu.bus.client.WhereaboutsRequest;
import org.jiexu.registry.postgres.WhereaboutsStore;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 现参保地 for the platform's services (R6.4). */
@RestController
@RequestMapping("/internal/whereabouts")
class WhereaboutsController {
    private final WhereaboutsStore whereabouts;

    WhereaboutsController(WhereaboutsStore whereabouts) {
        this.whereabouts = whereabouts;
    }

    @PostMapping
    WhereaboutsAnswer find(@Valid @RequestBody WhereaboutsRequest asked) {
        return new WhereaboutsAnswer(whereabouts.of(asked.region(), asked.persons()));
    }
}
