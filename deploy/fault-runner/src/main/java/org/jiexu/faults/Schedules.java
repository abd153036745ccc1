package org.jiexu.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jiexu.faults.Schedule.Size;
import org.jiexu.faults.Step.Action;

/** From a fault and a seed to the schedule: the same ones give the same. */
final class Schedules {
    static final List<String> CRASH_POINTS = List.of(
            "transfer-in:inbox.before-commit",
            "transfer-in:inbox.after-commit",
            "transfer-in:relay.after-send-before-delete",
            "transfer-in:relay.after-delete-commit",
            "transfer-in:transfer-in.after-submit",
            "transfer-in:transfer-in.before-decide-commit",
            "transfer-in:transfer-in.after-decide",
            "transfer-in:transfer-in.before-confirm-commit",
            "transfer-in:transfer-in.after-confirm",
            "transfer-out:inbox.before-commit",
            "transfer-out:inbox.after-commit",
            "transfer-out:relay.after-send-before-delete",
            "transfer-out:relay.after-delete-commit",
            "transfer-out:transfer-out.after-hold-requested",
            "transfer-out:transfer-out.rows-fetched",
            "transfer-out:transfer-out.before-issue-commit",
            "transfer-out:transfer-out.after-issue",
            "transfer-out:transfer-out.before-complete-commit",
            "settlement:inbox.before-commit",
            "settlement:inbox.after-commit",
            "settlement:relay.after-send-before-delete",
            "settlement:relay.after-delete-commit",
            "settlement:settlement.before-remit-commit",
            "settlement:settlement.after-remit",
            "settlement:settlement.before-credit-commit",
            "settlement:settlement.after-credit",
            "registry:inbox.before-commit",
            "registry:inbox.after-commit",
            "registry:relay.after-send-before-delete",
            "registry:relay.after-delete-commit");

    private static final List<String> STATEFUL = List.of("registry", "transfer-in", "transfer-out", "settlement");
    private static final List<String> HOSTING = List.of("transfer-in", "transfer-out", "settlement");
    private static final List<String> POISONS = List.of(
            "not-json", "wrong-schema", "unknown-version", "bad-signature", "oversize", "null-key", "wrong-key");

    private final Random random;
    private final long seed;
    private final List<Step> steps = new ArrayList<>();

    private Schedules(Fault fault, long seed) {
        this.random = new Random(seed * 31 + fault.number());
        this.seed = seed;
    }

    static Schedule of(Fault fault, long seed) {
        var making = new Schedules(fault, seed);
        var size = making.fill(fault);
        var steps =
                making.steps.stream().sorted(Comparator.comparingLong(Step::at)).toList();
        return new Schedule(fault.name(), seed, size, steps);
    }

    private Size fill(Fault fault) {
        return switch (fault) {
            case F1 -> {
                kills(2, Platform.SERVICES);
                yield load(14);
            }
            case F2 -> {
                add(
                        -1,
                        Action.ARM,
                        CRASH_POINTS.get(Math.floorMod(seed, CRASH_POINTS.size())),
                        0,
                        1 + random.nextInt(6));
                yield load(12);
            }
            case F3 -> {
                add(between(2000, 5000), Action.KILL_TOGETHER, String.join(",", Platform.SERVICES), 0, 1);
                yield load(14);
            }
            case F4 -> {
                add(between(2000, 6000), Action.KILL, Platform.KAFKA, 0, 1);
                yield load(14);
            }
            case F5 -> {
                add(between(2000, 4000), Action.KILL, Platform.QUORUM_LEADER, between(3000, 6000), 1);
                long at = between(12_000, 14_000);
                // Fewer than most: nothing can be said until they are back.
                add(at, Action.KILL, Platform.QUORUM_LEADER, between(6000, 10_000), 1);
                add(at + between(500, 1500), Action.KILL, Platform.QUORUM_LEADER, between(6000, 10_000), 1);
                yield load(18);
            }
            case F6 -> {
                add(between(2000, 6000), Action.KILL, Platform.POSTGRES, 0, 1);
                yield load(12);
            }
            case F7 -> {
                for (int i = 0; i < 6; i++) {
                    add(between(500, 8000), Action.END_SESSIONS, "", 0, 1 + random.nextInt(4));
                }
                yield load(9);
            }
            case F8 -> repetition();
            case F9 -> disorder();
            case F10 -> {
                for (int i = 0; i < 10; i++) {
                    add(between(500, 8000), Action.POISON, pick(POISONS), 0, random.nextInt(1000));
                }
                yield load(9);
            }
            case F11, F21 -> replicas(fault);
            case F12 -> {
                add(between(1500, 4000), Action.PAUSE, pick(Platform.SERVICES), between(20_000, 30_000), 1);
                yield load(12);
            }
            case F13, F14 -> spoiltWays(fault);
            case F15, F16 -> {
                String target = fault == Fault.F15 ? Platform.KAFKA : Platform.POSTGRES;
                add(between(2000, 5000), Action.FILL_DISK, target, between(5000, 9000), 1);
                yield load(14);
            }
            case F17 -> {
                add(1000, Action.MOVE_CLOCK, "2026-12-31T15:59:40Z", 0, 0);
                add(between(4000, 6000), Action.MOVE_CLOCK, "2027-01-01T02:00:00Z", 0, 0);
                yield load(10);
            }
            case F18 -> {
                add(between(3800, 4300), Action.BACK_UP, "", 0, 1);
                // What happens in between is forgotten by every database, and by no topic.
                add(between(24_000, 34_000), Action.RESTORE, "", 0, 1);
                yield new Size(24, 0, 0, 6);
            }
            case F19 -> {
                add(between(3000, 6000), Action.LOSE_KAFKA, "", 0, 1);
                yield load(12);
            }
            case F20 -> {
                add(between(1000, 3000), Action.ROLL, "ours", 0, 1);
                add(between(56_000, 60_000), Action.ROLL, "older", 0, 1);
                yield new Size(100, 10, 20, 1);
            }
            case F22 -> {
                add(between(2000, 6000), Action.NEW_KEY, pick(HOSTING), 0, 1);
                yield load(12);
            }
            case F23 -> {
                if (seed % 2 == 0) {
                    add(-1, Action.CLAIM_MONEY, "", 0, 1);
                }
                yield load(12);
            }
            // Ten times what the others are asked for.
            case F24 -> new Size(240, 20, 20, 30);
            case F26 -> {
                var all = Tampering.values();
                add(Step.AT_REST, Action.TAMPER, all[Math.floorMod(seed, all.length)].name(), 0, 1);
                yield load(4);
            }
            case MIX -> mix();
        };
    }

    private Size repetition() {
        if (seed % 3 == 2) {
            add(between(3000, 6000), Action.REPLAY_TOPICS, "", 0, random.nextInt(2));
        } else {
            int times = seed % 3 == 0 ? 2 : 10;
            add(between(2000, 4000), Action.SEND_AGAIN, "", 0, times - 1);
            add(between(6000, 9000), Action.SEND_AGAIN, "", 0, times - 1);
        }
        return load(9);
    }

    private Size disorder() {
        add(0, Action.DISORDER, "", between(300, 2500), 1 + random.nextInt(2));
        add(11_000, Action.ORDER, "", 0, 0);
        add(12_000, Action.LATE_RECORDS, "", 0, 5);
        return load(9);
    }

    private Size replicas(Fault fault) {
        if (fault == Fault.F21) {
            HOSTING.forEach(service -> add(-1, Action.REPLICAS, service, 0, 2));
            for (int i = 1; i <= 4; i++) {
                add(2000L * i, Action.MOVE_CLOCK, "", 0, 3);
            }
            return load(12);
        }
        var service = pick(STATEFUL);
        add(-1, Action.REPLICAS, service, 0, 2);
        add(between(1000, 3000), Action.PAUSE, service + "-" + (2 + random.nextInt(2)), between(11_000, 14_000), 1);
        add(between(4000, 7000), Action.KILL, service, 0, 1);
        add(between(9000, 11_000), Action.STOP_REPLICAS, "", 0, 1);
        return load(12);
    }

    private Size spoiltWays(Fault fault) {
        var modes = fault == Fault.F14 ? List.of("SLOW") : List.of("CUT", "HALF_OPEN", "ONE_WAY");
        var ways = List.of("kafka", "postgres", "registry", "transfer-in", "transfer-out", "settlement");
        for (int i = 0; i < 4; i++) {
            String target = pick(ways) + ":" + pick(modes);
            add(between(1000, 9000), Action.SPOIL, target, between(1500, 7000), 50 + random.nextInt(200));
        }
        return load(12);
    }

    private Size mix() {
        kills(1, Platform.SERVICES);
        for (int i = 0; i < 3; i++) {
            switch (random.nextInt(7)) {
                case 0 -> kills(1, Platform.SERVICES);
                case 1 -> add(between(1000, 8000), Action.KILL, Platform.KAFKA, 0, 1);
                case 2 -> add(between(1000, 8000), Action.KILL, Platform.POSTGRES, 0, 1);
                case 3 -> add(between(1000, 8000), Action.END_SESSIONS, "", 0, 4);
                case 4 -> add(between(1000, 8000), Action.SEND_AGAIN, "", 0, 1 + random.nextInt(3));
                case 5 -> add(between(1000, 8000), Action.PAUSE, pick(Platform.SERVICES), between(5000, 14_000), 1);
                default -> add(between(1000, 8000), Action.POISON, pick(POISONS), 0, random.nextInt(1000));
            }
        }
        return load(14);
    }

    private void kills(int many, List<String> services) {
        for (int i = 0; i < many; i++) {
            add(between(2000 + i * 5000L, 5000 + i * 5000L), Action.KILL, pick(services), 0, 1);
        }
    }

    /** Three a second for so many seconds. */
    private static Size load(int seconds) {
        int all = seconds * 3;
        return new Size(all - all / 5, all / 8, all / 5, 3);
    }

    private void add(long at, Action action, String target, long millis, int number) {
        steps.add(new Step(at, action, target, millis, number));
    }

    private long between(long from, long to) {
        return from + random.nextInt((int) (to - from));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
