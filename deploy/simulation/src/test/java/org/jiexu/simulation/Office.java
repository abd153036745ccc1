package org.jiexu.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.ArrivalId;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.simulation.ReceivingDesk.Found;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.transferout.domain.Input;
import org.jiexu.transferout.domain.State.Name;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Scheme;

/** What applicants, clerks, employers and the calendar do: anything at any moment, and at last their duty. */
final class Office {
    private final World world;
    private final SplittableRandom random;
    private final Map<CaseNumber, Integer> returns = new HashMap<>();
    final Afterwards afterwards;
    private int contributions;

    Office(World world) {
        this.world = world;
        random = world.random;
        afterwards = new Afterwards(world, this);
    }

    static Matter someMatter(SplittableRandom random, List<Region> regions, List<World.Insured> persons) {
        var to = regions.get(random.nextInt(regions.size()));
        var from = regions.get(random.nextInt(regions.size()));
        if (from.equals(to) && random.nextInt(3) > 0) {
            from = regions.get((regions.indexOf(to) + 1) % regions.size());
        }
        var fromScheme = random.nextInt(8) > 0 ? Scheme.EMPLOYEE : Scheme.RESIDENT;
        // R1.6: inside one region only to the other scheme.
        var toScheme = from.equals(to) ? other(fromScheme) : random.nextInt(6) > 0 ? Scheme.EMPLOYEE : Scheme.RESIDENT;
        boolean oneProvince = from.code().province().equals(to.code().province());
        return new Matter(
                CaseNumber.random(to.code(), 2026, random),
                persons.get(random.nextInt(persons.size())).some(random),
                from,
                fromScheme,
                to,
                toScheme,
                wish(random, fromScheme, toScheme),
                oneProvince && random.nextInt(3) > 0,
                false,
                fromScheme == Scheme.RESIDENT && random.nextBoolean()
                        ? World.FIRST_DAY.plusDays(random.nextInt(40))
                        : null);
    }

    /** Mostly the rule, else anything that is allowed. */
    private static AccountWish wish(SplittableRandom random, Scheme from, Scheme to) {
        var allowed = Wishes.allowed(from, to);
        return allowed.get(random.nextBoolean() ? 0 : random.nextInt(allowed.size()));
    }

    private static Scheme other(Scheme scheme) {
        return scheme == Scheme.EMPLOYEE ? Scheme.RESIDENT : Scheme.EMPLOYEE;
    }

    /** Some accounts have money from the beginning. */
    void payIn() {
        for (var matter : world.matters) {
            if (random.nextInt(4) > 0) {
                contribute(matter, Fen.of(1 + random.nextInt(20_000)));
            }
        }
    }

    private void contribute(Matter matter, Fen amount) {
        contributions++;
        matter.old().money().contribute("b" + contributions, matter.person(), amount);
        world.paidIn(matter.person(), amount);
    }

    /** One act of somebody: mostly what is due, now and then anything at all. */
    void something() {
        if (world.faults.merges() && random.nextInt(16) == 0) {
            afterwards.merge();
            return;
        }
        var matter = some();
        int dice = random.nextInt(100);
        if (dice < 65 && duty(matter)) {
            return;
        }
        if (dice < 82) {
            anything(matter);
        } else if (dice < 86) {
            withdraw(matter);
        } else if (dice < 90) {
            contribute(matter, Fen.of(1 + random.nextInt(500)));
        } else if (dice < 93) {
            boolean stopped = random.nextBoolean();
            matter.old().money().stop(matter.person(), stopped ? new Stop(Stop.Kind.FROZEN, "") : null);
        } else if (dice < 94) {
            world.walked(Way.RESUMED);
            world.registry.resume(matter);
        } else if (dice < 96) {
            world.clear();
        } else if (dice < 97) {
            correct();
        } else if (dice < 98) {
            lie(matter);
        } else if (dice < 99 && random.nextBoolean()) {
            afterwards.leftBehind();
        } else {
            world.daysPass(1 + random.nextInt(6));
        }
    }

    /** Some region takes an advance back. */
    void correct() {
        world.treasuries.get(random.nextInt(world.treasuries.size())).quarters.correct();
    }

    private void lie(Matter matter) {
        if (random.nextInt(4) > 0) {
            world.liar.claimMoney(matter);
        } else {
            world.liar.takeBack(matter);
        }
    }

    private void withdraw(Matter matter) {
        if (!(in(matter) instanceof State.NoSuchCase)) {
            matter.receiving().in().withdraw(matter.number());
        }
    }

    /** A wish out of place: the tables answer 409, or what was asked is done already. */
    private void anything(Matter matter) {
        var number = matter.number();
        var out = matter.old().out();
        switch (random.nextInt(10)) {
            case 0 -> out.wish(number, new Input.Issue());
            case 1 -> out.wish(number, new Input.Correct());
            case 2 -> out.wish(number, random.nextInt(3) == 0 ? SendingDesk.decline() : new Input.RemitAgain());
            case 3 -> out.wish(number, new Input.RetryHold());
            case 4 -> out.wish(number, new Input.RemitAgain());
            case 5 -> matter.receiving().money().sendBack(number, new ArrivalId(matter.from(), 1 + random.nextInt(2)));
            case 6 -> {
                if (!(in(matter) instanceof State.NoSuchCase)) {
                    matter.receiving().in().confirm(number, 1 + random.nextInt(2));
                }
            }
            default -> {
                if (mayReturn(number)) {
                    matter.receiving().in().sendBack(number, 1 + random.nextInt(2), random.nextInt(3) == 0);
                }
            }
        }
    }

    /** At last everybody does what waits for him; false when nothing waits for anybody. */
    boolean duty() {
        int start = random.nextInt(world.matters.size());
        for (int i = 0; i < world.matters.size(); i++) {
            if (duty(world.matters.get((start + i) % world.matters.size()))) {
                return true;
            }
        }
        return afterwards.duty();
    }

    private boolean duty(Matter matter) {
        return switch (random.nextInt(3)) {
            case 0 -> receivingDuty(matter) || sendingDuty(matter) || moneyDuty(matter);
            case 1 -> sendingDuty(matter) || moneyDuty(matter) || receivingDuty(matter);
            default -> moneyDuty(matter) || receivingDuty(matter) || sendingDuty(matter);
        };
    }

    private boolean receivingDuty(Matter matter) {
        var desk = matter.receiving().in();
        var number = matter.number();
        return switch (in(matter)) {
            case State.NoSuchCase _ -> done(() -> desk.apply(matter, random.nextInt(6) == 0));
            case State.Submitted _ -> done(() -> desk.decide(matter, found(matter)));
            case State.Incomplete _ -> done(() -> desk.completePapers(number));
            case State.Waiting _ ->
                done(() -> {
                    if (random.nextInt(4) == 0) {
                        desk.outdate(number);
                    }
                    desk.decide(matter, random.nextInt(3) == 0 ? Found.MENDABLE : Found.ACCEPTABLE);
                });
            // Nobody is faster than the calendar.
            case State.YearRunning _ -> done(() -> world.daysPass(1 + random.nextInt(10)));
            case State.Received s ->
                done(() -> {
                    if (random.nextInt(4) == 0 && mayReturn(number)) {
                        desk.sendBack(number, s.version(), random.nextInt(3) == 0);
                    } else {
                        desk.confirm(number, s.version());
                    }
                });
            default -> false;
        };
    }

    private boolean sendingDuty(Matter matter) {
        var desk = matter.old().out();
        var number = matter.number();
        return switch (desk.name(number)) {
            case HOLD_REFUSED ->
                done(() -> {
                    world.walked(Way.HOLD_REFUSED);
                    matter.old().money().stop(matter.person(), null);
                    desk.wish(number, random.nextInt(8) == 0 ? SendingDesk.decline() : new Input.RetryHold());
                });
            case HELD ->
                done(() -> desk.wish(number, random.nextInt(30) == 0 ? SendingDesk.decline() : new Input.Issue()));
            case RETURNED ->
                done(() -> {
                    world.walked(Way.SHEET_CORRECTED);
                    desk.wish(number, random.nextInt(4) == 0 ? SendingDesk.decline() : new Input.Correct());
                });
            case ISSUED ->
                desk.hasMoneyBack(number)
                        && done(() -> {
                            world.walked(Way.REMITTED_AGAIN);
                            desk.wish(number, new Input.RemitAgain());
                        });
            case NO_CASE, HOLDING, COMPLETED, WITHDRAWN, DECLINED -> false;
        };
    }

    private boolean moneyDuty(Matter matter) {
        var treasury = matter.receiving().money();
        for (var arrival : treasury.arrived(matter.number()).arrivals().values()) {
            if (arrival.place() instanceof Place.Suspended) {
                world.walked(Way.MONEY_SUSPENDED);
                treasury.sendBack(matter.number(), arrival.id());
                return true;
            }
        }
        return waitsForPayOut(matter) && done(() -> matter.old().money().stop(matter.person(), null));
    }

    /** The case is completed, and a stop keeps the money from the person. */
    private static boolean waitsForPayOut(Matter matter) {
        return matter.old().out().name(matter.number()) == Name.COMPLETED
                && matter.old().money().sent(matter.number()) instanceof SendingCase.State.Kept
                && matter.old().money().isStopped(matter.person());
    }

    private static boolean done(Runnable act) {
        act.run();
        return true;
    }

    /** R1.6: the registry's reservation, which now and then was lost; then transfer-out is the last wall. */
    private Found found(Matter matter) {
        if (!world.registry.isSomethingLeft(matter)) {
            return Found.UNACCEPTABLE;
        }
        for (var other : world.matters) {
            if (isOpen(other)
                    && world.registry.kept(other.person()).equals(world.registry.kept(matter.person()))
                    && other.from().equals(matter.from())
                    && other.fromScheme() == matter.fromScheme()) {
                return random.nextInt(3) == 0 ? Found.ACCEPTABLE : Found.UNACCEPTABLE;
            }
        }
        int dice = random.nextInt(20);
        return dice == 0 ? Found.UNACCEPTABLE : dice < 3 ? Found.MENDABLE : Found.ACCEPTABLE;
    }

    boolean isOpen(Matter matter) {
        return switch (in(matter)) {
            case State.NoSuchCase _, State.Submitted _, State.Incomplete _, State.Waiting _ -> false;
            case State other -> !ReceivingDesk.isEnd(other);
        };
    }

    private boolean mayReturn(CaseNumber number) {
        boolean known = !(world.matter(number).receiving().in().state(number) instanceof State.NoSuchCase);
        return known && returns.merge(number, 1, Integer::sum) <= 3;
    }

    private State in(Matter matter) {
        return matter.receiving().in().state(matter.number());
    }

    private Matter some() {
        return world.matters.get(random.nextInt(world.matters.size()));
    }

    private void countWhatStayed(Matter matter, SendingCase.State sent) {
        if (sent instanceof SendingCase.State.Empty
                && matter.old()
                        .money()
                        .left
                        .isChosen(new AccountKey.Personal(
                                matter.from(), matter.old().money().joins.now(matter.person())))
                && world.registry.left(matter.person(), matter.from()).amount().isPositive()) {
            world.walked(Way.MONEY_STAYED);
        }
        if (matter.old().out().hasSentMoneyAlone(matter.number())) {
            world.walked(Way.MONEY_MOVED_ALONE);
        }
    }

    /** Which ends were reached. */
    void count() {
        for (var matter : world.matters) {
            var sent = matter.old().money().sent(matter.number());
            switch (in(matter)) {
                case State.Completed s -> {
                    world.walked(s.amount().isPositive() ? Way.COMPLETED_WITH_MONEY : Way.COMPLETED_WITHOUT_MONEY);
                    countWhatStayed(matter, sent);
                }
                // Begun by a step that was cut off.
                case State.NoSuchCase _ -> {}
                case State.Withdrawn _ -> world.walked(Way.WITHDRAWN);
                case State.Declined _ -> world.walked(matter.old().out().declined(matter.number()));
                case State.Refused _ -> world.walked(Way.REFUSED);
                default -> throw new Broken("counted before its end: " + in(matter));
            }
            if (sent instanceof SendingCase.State.Home) {
                world.walked(matter.instant() ? Way.ADVANCE_TAKEN_BACK : Way.MONEY_SENT_HOME);
            }
            if (matter.from().equals(matter.to())) {
                world.walked(Way.SAME_REGION);
            }
        }
    }
}
