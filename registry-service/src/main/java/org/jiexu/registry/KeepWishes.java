package org.jiexu.registry;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Checks.Application;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.domain.WishKind;
import org.jiexu.registry.domain.WishState;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.WishStore;
import org.jiexu.registry.postgres.WishStore.Wish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 一站式联办 — what applicants wish done is a task of the region concerned, until it is done or refused (R2.8). */
@Service
public class KeepWishes {
    private final WishStore wishes;
    private final PersonStore persons;
    private final BusinessClock clock;

    KeepWishes(WishStore wishes, PersonStore persons, BusinessClock clock) {
        this.wishes = wishes;
        this.persons = persons;
        this.clock = clock;
    }

    /** What an application has wished so far. */
    List<Wish> of(CaseNumber number) {
        return wishes.of(number);
    }

    /** The application waits for these, and for nothing else any more. */
    void waitFor(CaseNumber number, PersonId person, Application asked, List<WishKind> kinds, List<Wish> wished) {
        settle(wished, kinds);
        for (WishKind kind : kinds) {
            wishes.keep(UuidV7.next().toString(), number, about(kind, person, asked), kind, clock.instant());
        }
    }

    /** What the case wished and what is no longer in the way has been done, however it came about. */
    void settle(List<Wish> wished, List<WishKind> stillInTheWay) {
        wished.stream()
                .filter(wish -> wish.state() == WishState.OPEN && !stillInTheWay.contains(wish.kind()))
                .forEach(wish -> wishes.decide(wish.id(), WishState.DONE, null, null, clock.instant()));
    }

    /** The application has been refused, withdrawn or has ended otherwise. */
    void withdraw(CaseNumber number) {
        wishes.withdraw(number, clock.instant());
    }

    /** 已办 — the participation has changed as wished. The receiving regions of the cases that waited for it. */
    Set<RegionCode> fulfil(Relationship now) {
        var kind = now.status() == ParticipationStatus.INSURED ? WishKind.ENROL : WishKind.SUSPEND;
        var fulfilled = wishes.open(now.key(), kind);
        fulfilled.forEach(wish -> wishes.decide(wish.id(), WishState.DONE, null, null, clock.instant()));
        return fulfilled.stream().map(wish -> wish.number().receivingRegion()).collect(Collectors.toSet());
    }

    static RelationshipKey about(WishKind kind, PersonId person, Application asked) {
        return switch (kind) {
            case SUSPEND -> new RelationshipKey(person, asked.from(), asked.fromScheme());
            case ENROL -> new RelationshipKey(person, asked.to(), asked.toScheme());
        };
    }

    @Transactional(readOnly = true)
    public Wish find(RegionCode region, String id) {
        return wishes.find(id)
                .filter(wish -> wish.key().region().equals(region))
                .orElseThrow(Problem::notFound);
    }

    /** 不予办理 — the next check of the application tells the applicant why. The same refusal again changes nothing. */
    @Transactional
    public Wish refuse(RegionCode region, String id, String reason, String by) {
        if (persons.lock(find(region, id).key().person()).isEmpty()) {
            throw Problem.notFound();
        }
        var wish = find(region, id);
        return switch (wish.state()) {
            case OPEN -> {
                wishes.decide(id, WishState.REFUSED, reason, by, clock.instant());
                yield find(region, id);
            }
            case REFUSED -> {
                if (!reason.equals(wish.reason())) {
                    throw Problem.conflict("WISH_REFUSED", "这一联办事项已答复不予办理。");
                }
                yield wish;
            }
            case DONE -> throw Problem.conflict("WISH_DONE", "这一联办事项已经办成。");
            case WITHDRAWN -> throw Problem.conflict("WISH_WITHDRAWN", "申请已另行了结，这一联办事项已撤销。");
        };
    }
}
