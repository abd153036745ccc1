package org.jiexu.registry.web;

import java.util.Optional;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.RebuildProjections;
import org.jiexu.registry.postgres.RebuildStore;
import org.jiexu.registry.postgres.RebuildStore.Progress;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** 统计重建 — national operators alone: it is everybody's figures. */
@RestController
@RequestMapping("/api/v1/operations/projections/rebuild")
class RebuildController {
    private final RebuildProjections rebuild;
    private final RebuildStore store;

    RebuildController(RebuildProjections rebuild, RebuildStore store) {
        this.rebuild = rebuild;
        this.store = store;
    }

    @Creates
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Progress start(Caller caller) {
        caller.requireRole(Role.OPERATOR);
        if (caller.province() != null) {
            throw Problem.forbidden();
        }
        if (!rebuild.start(caller.subject())) {
            throw Problem.conflict("REBUILD_RUNNING", "统计重建正在进行。");
        }
        return progress().orElseThrow(Problem::notFound);
    }

    @GetMapping
    Progress show(Caller caller) {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR);
        return progress().orElseThrow(Problem::notFound);
    }

    private Optional<Progress> progress() {
        return store.progress();
    }
}
