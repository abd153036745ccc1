package org.jiexu.registry.web;

import jakarta.validation.Valid;
import org.jiexu.bus.client.KnownPersonsAnswer;
import org.jiexu.bus.client.KnownPersonsRequest;
import org.jiexu.registry.postgres.KnownPersonStore;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 人员核对 for the platform's services: money is booked only for persons who exist (R11.5). */
@RestController
@RequestMapping("/internal/known-persons")
class KnownPersonsController {
    private final KnownPersonStore persons;

    KnownPersonsController(KnownPersonStore persons) {
        this.persons = persons;
    }

    @PostMapping
    KnownPersonsAnswer find(@Valid @RequestBody KnownPersonsRequest asked) {
        return new KnownPersonsAnswer(
                persons.known(asked.persons()), persons.employees(asked.region(), asked.persons()));
    }
}
