package org.jiexu.registry;

import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.ImportStore;
import org.jiexu.registry.postgres.ImportStore.Import;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 批量导入复核 — another person than the sender says that a checked file is loaded, or why not (R11.5). */
@Service
public class DecideImport {
    private final ImportStore imports;
    private final BusinessClock clock;

    DecideImport(ImportStore imports, BusinessClock clock) {
        this.imports = imports;
        this.clock = clock;
    }

    /** {@code persons} and {@code months} are counted where the file comes from. Approved again is approved once. */
    @Transactional
    public Import approve(Import file, int persons, int months, String by) {
        var found = imports.lock(file.id()).orElseThrow(Problem::notFound);
        return switch (found.state()) {
            case CHECKED -> {
                if (found.receivedBy().equals(by)) {
                    throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
                }
                if (found.persons() != persons || found.months() != months) {
                    throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "CONTROL_TOTAL_DIFFERS", "申报的人数或月数与文件不一致，请核对。")
                            .with("persons", found.persons())
                            .with("months", found.months());
                }
                imports.approve(found.id(), by, clock.instant());
                yield imports.find(found.id()).orElseThrow();
            }
            case LOADING, LOADED -> found;
            case RECEIVING, RECEIVED, CHECKING, REFUSED -> throw notWaiting();
        };
    }

    /** Also by the sender: that takes it back. */
    @Transactional
    public Import refuse(Import file, String reason, String by) {
        var found = imports.lock(file.id()).orElseThrow(Problem::notFound);
        return switch (found.state()) {
            case CHECKED -> {
                imports.refuse(found.id(), reason, by, clock.instant());
                yield imports.find(found.id()).orElseThrow();
            }
            case REFUSED -> found;
            case RECEIVING, RECEIVED, CHECKING, LOADING, LOADED -> throw notWaiting();
        };
    }

    private static Problem notWaiting() {
        return Problem.conflict("NOT_WAITING", "该文件目前不在等待复核。");
    }
}
