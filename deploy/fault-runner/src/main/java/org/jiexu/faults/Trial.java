package org.jiexu.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jiexu.auditor.Audit;
import org.jiexu.auditor.Octets;
import org.jiexu.auditor.ReadHistory;
import org.jiexu.auditor.Verdict;
import org.jiexu.sandbox.Progress;
import org.jspecify.annotations.Nullable;

/** One schedule after another on one platform: load and faults, then heal, drain, audit. */
final class Trial {
    /** Without a human hand (L). */
    static final Duration DRAIN = Duration.ofMinutes(2);

    private static final Duration TELL = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Platform platform;
    private final ClientHistory history;
    private final Progress progress;
    private final Set<Octets> verified = new HashSet<>();
    private @Nullable Lies lies;

    Trial(Platform platform, ClientHistory history, Progress progress) {
        this.platform = platform;
        this.history = history;
        this.progress = progress;
    }

    Result run(Schedule schedule) throws Exception {
        long begun = System.nanoTime();
        var records = new Records(platform.bootstrap());
        try (var load = new Load(schedule, platform.door(), history);
                var recovery = new Recovery(platform.postgres(), load);
                var fire = new Fire(platform, schedule, records, recovery, history, load::isOver, progress)) {
            progress.say(schedule.name() + ": " + load.size() + " people");
            platform.takeIn(load.people());
            fire.prepare();
            var lying = Fault.parse(schedule.fault()).hasLyingRegion()
                    ? lies(records).begin(schedule.seed(), schedule.has(Step.Action.CLAIM_MONEY))
                    : null;
            long start = System.nanoTime() + 200_000_000;
            recovery.begin();
            load.begin(start);
            fire.begin(start);
            Waiting.until(start + (long) (load.size() / schedule.load().perSecond() * 1e9));
            fire.awaitDone();
            if (lying != null) {
                lying.speakNow();
            }
            platform.heal();
            long healed = System.nanoTime();
            load.giveUpAt(healed + DRAIN.toNanos());
            var unrest = awaitRest(new Rest(platform.postgres(), records), load);
            long drained = System.nanoTime();
            platform.stopReplicas();
            if (lying != null) {
                lying.close();
            }
            var broken = new ArrayList<String>();
            unrest.forEach(what -> broken.add("L: after " + DRAIN.toSeconds() + " s " + what));
            broken.addAll(load.wrongs());
            fire.atRest();
            broken.addAll(judged(schedule, audit(), fire));
            return new Result(
                    schedule.fault(),
                    schedule.seed(),
                    load.size(),
                    load.cases().size() + load.enrolled().size(),
                    load.refused(),
                    load.retried(),
                    unrest.isEmpty() ? (drained - healed) / 1_000_000 : -1,
                    recovery.millis(),
                    fire.notes(),
                    broken,
                    (System.nanoTime() - begun) / 1_000_000);
        }
    }

    private Lies lies(Records records) {
        if (lies == null) {
            lies = new Lies(platform, records, history);
        }
        return lies;
    }

    private List<String> awaitRest(Rest rest, Load load) {
        var last = new ArrayList<String>();
        long[] tellAt = {System.nanoTime() + TELL.toNanos()};
        Waiting.until(
                () -> {
                    int wrong = lies == null ? 0 : lies.sendWrongMoneyBack();
                    last.clear();
                    last.addAll(platform.isHealthy() ? rest.unrest(load) : List.of("not everything is healthy"));
                    if (wrong > 0) {
                        last.add(wrong + " remittances lie in suspense");
                    }
                    if (System.nanoTime() - tellAt[0] > 0) {
                        progress.say("  not yet: " + last);
                        tellAt[0] += TELL.toNanos();
                    }
                    return last.isEmpty();
                },
                DRAIN,
                LOOK);
        return last;
    }

    /** The auditor's lines; where a row was changed on purpose it is their absence that is wrong. */
    private static List<String> judged(Schedule schedule, List<String> broken, Fire fire) {
        var changed = schedule.steps().stream()
                .filter(step -> step.action() == Step.Action.TAMPER)
                .map(step -> Tampering.valueOf(step.target()))
                .toList();
        if (changed.isEmpty()) {
            return broken;
        }
        broken.forEach(line -> fire.note("named: " + line));
        return changed.stream()
                .filter(one -> !one.isNamedBy(broken))
                .map(one -> "nobody has named what was changed: " + one)
                .toList();
    }

    private List<String> audit() throws IOException, SQLException {
        var facts = Audit.facts(
                platform.bootstrap(),
                platform.postgres().urlPrefix(),
                platform.postgres().user(),
                "",
                ReadHistory.of(history.file()));
        return Verdict.on(facts, verified).broken();
    }
}
