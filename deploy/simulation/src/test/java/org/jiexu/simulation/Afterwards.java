package org.jiexu.simulation;

import java.util.SplittableRandom;
import org.jiexu.transferin.domain.State;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;

/** What people do beside the cases: records are merged, and what stayed on accounts is paid out, pushed, or asked for. */
final class Afterwards {
    private final World world;
    private final Office office;
    private final SplittableRandom random;

    Afterwards(World world, Office office) {
        this.world = world;
        this.office = office;
        random = world.random;
    }

    /** What is to be looked at, or stands in the way; false when there is nothing. */
    boolean duty() {
        return registrationDuty() || joinDuty();
    }

    /** R6.2: two records are found to be one person's; false when the registry refuses, or there are no two. */
    boolean merge() {
        var records = world.persons.get(random.nextInt(world.persons.size())).records();
        var live = records.stream()
                .filter(record -> world.registry.kept(record).equals(record))
                .toList();
        if (live.size() < 2 || live.stream().anyMatch(this::isTransferring)) {
            return false;
        }
        int kept = random.nextInt(live.size());
        int merged = (kept + 1 + random.nextInt(live.size() - 1)) % live.size();
        world.registry.merge(live.get(merged), live.get(kept));
        return true;
    }

    /** The registry keeps a reservation until it has heard the end. */
    private boolean isTransferring(PersonId record) {
        return world.matters.stream()
                .filter(matter -> world.registry.kept(matter.person()).equals(record))
                .anyMatch(matter -> office.isOpen(matter)
                        || (matter.receiving().in().state(matter.number()) instanceof State.Completed
                                && !world.registry.isTerminated(matter.number())));
    }

    /** A stop is lifted for which accounts wait to be joined. */
    private boolean joinDuty() {
        for (var treasury : world.treasuries) {
            var join = treasury.joins.nextWaiting();
            if (join != null && (treasury.isStopped(join.merged()) || treasury.isStopped(join.kept()))) {
                treasury.stop(join.merged(), null);
                treasury.stop(join.kept(), null);
                return true;
            }
        }
        return false;
    }

    /** Afterwards, in the middle of it all or at rest: what stayed is paid out or looked for. */
    void leftBehind() {
        var left = world.treasuries.get(random.nextInt(world.treasuries.size())).left;
        if (random.nextInt(4) == 0) {
            left.payOut();
        } else {
            left.push();
        }
    }

    /** R6.4: a region looks at a balance that was found elsewhere, and applies where something may be taken. */
    private boolean registrationDuty() {
        for (var region : world.regions) {
            var found = region.in().nextFound();
            if (found != null) {
                var matter = moneyOf(found.person(), world.region(found.region()), region, true);
                if (world.registry.isSomethingLeft(matter)) {
                    world.begin(matter);
                    region.in().apply(matter, false);
                }
                return true;
            }
        }
        return false;
    }

    /** Somebody applies for what lies on an account that a case has asked for, when everything rests. */
    void askInPeace() {
        for (var region : world.regions) {
            for (var account : region.money().left.accounts()) {
                var row = region.money().accounts.get(account);
                if (row != null && row.stop() == null && row.free().isPositive() && random.nextInt(3) == 0) {
                    var to = world.regions.get((world.regions.indexOf(region) + 1 + random.nextInt(2)) % 3);
                    var matter = moneyOf(account.person(), region, to, false);
                    Broken.unless(
                            world.registry.isSomethingLeft(matter),
                            () -> "nobody may apply for what was left on " + row);
                    world.walked(Way.ASKED_IN_PEACE);
                    world.begin(matter);
                    return;
                }
            }
        }
    }

    private Matter moneyOf(PersonId person, Region from, Region to, boolean automatic) {
        return new Matter(
                CaseNumber.random(to.code(), 2026, random),
                person,
                from,
                Scheme.EMPLOYEE,
                to,
                Scheme.EMPLOYEE,
                AccountWish.MOVES,
                automatic,
                automatic,
                null);
    }
}
