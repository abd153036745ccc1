package org.jiexu.registry;

import java.time.LocalDate;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Change;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.postgres.LifeStore;
import org.jiexu.registry.postgres.LifeStore.Happened;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** 变更留痕 — every change of a relationship with who made it, when, why, and from when it holds. */
@Component
class KeepHistory {
    /** What a message or the platform itself has changed. */
    private static final String PLATFORM = "platform";

    private final LifeStore life;
    private final BusinessClock clock;

    KeepHistory(LifeStore life, BusinessClock clock) {
        this.life = life;
        this.clock = clock;
    }

    /** A change of status or of employer, as it was told. */
    void changed(@Nullable Relationship before, Relationship now, @Nullable String why) {
        var what = Change.of(
                before != null, before == null ? ParticipationStatus.TERMINATED : before.status(), now.status());
        keep(now.key(), what, what == Change.EMPLOYER_CHANGED ? clock.today() : now.since(), why);
    }

    void keep(RelationshipKey key, Change what, LocalDate effectiveOn, @Nullable String why) {
        life.add(key, new Happened(key.scheme(), what, effectiveOn, why, who(), clock.instant()));
    }

    /** 409 for whom a death stands recorded: neither enrolled nor resumed. */
    void requireAlive(PersonId person) {
        life.death(person).ifPresent(death -> {
            throw Problem.conflict("PERSON_DECEASED", "已登记死亡，不能办理参保或者恢复参保；登记有误的，请先撤销死亡登记。")
                    .with("diedOn", death.diedOn());
        });
    }

    /** 死亡日期, where a death stands recorded. */
    @Nullable
    LocalDate diedOn(PersonId person) {
        return life.death(person).map(LifeStore.Death::diedOn).orElse(null);
    }

    /** The account whose token the call carries. */
    static String who() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? PLATFORM : authentication.getName();
    }
}
