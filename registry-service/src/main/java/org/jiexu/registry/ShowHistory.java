package org.jiexu.registry;

import java.util.List;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.LifeStore;
import org.jiexu.registry.postgres.LifeStore.Placed;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 变更记录查询 — what has happened to a person's relationships with one region. */
@Service
public class ShowHistory {
    private final PersonStore persons;
    private final LifeStore life;

    ShowHistory(PersonStore persons, LifeStore life) {
        this.persons = persons;
        this.life = life;
    }

    @Transactional(readOnly = true)
    public List<Placed> of(PersonId asked, RegionCode region, PageRequest page) {
        var person = persons.person(asked).orElseThrow(Problem::notFound);
        if (persons.relationships(person.id(), region).isEmpty()) {
            throw Problem.notFound();
        }
        return life.history(person.id(), region, position(page.after()), page.limitPlusOne());
    }

    private static long position(@Nullable String after) {
        if (after == null) {
            return Long.MAX_VALUE;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return Long.parseLong(after);
    }
}
