package org.jiexu.sandbox;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.sandbox.story.Stories;
import org.jiexu.sandbox.story.TransferCase;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * SANDBOX ONLY — what the console's sandbox page asks for: applications of new sample persons, and the stories told while
 * one looks on. Stands beside the issuer, for operators alone.
 */
@RestController
@RequestMapping("/sandbox")
public final class SandboxDesk {

    private static final int MOST_CASES = 50;

    /** One after the other: across provinces, by hand and by policy, so that every desk gets something to do. */
    private static final List<Way> WAYS = List.of(
            new Way(SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA),
            new Way(SampleRegion.JINING, SampleRegion.SHIJIAZHUANG),
            new Way(SampleRegion.JINING, SampleRegion.CHANGSHA),
            new Way(SampleRegion.CHANGSHA, SampleRegion.HANGZHOU),
            new Way(SampleRegion.ZHUZHOU, SampleRegion.NINGBO));

    private final AtomicReference<@Nullable Sandbox> running = new AtomicReference<>();
    private final AtomicReference<@Nullable Told> told = new AtomicReference<>();

    private record Way(SampleRegion from, SampleRegion to) {}

    /** How many; by default {@code from} and {@code to} take turns. */
    record Wanted(
            int count, @Nullable String from, @Nullable String to) {}

    /** 样例申请: its number, or why there is none. */
    record Filed(
            String from,
            String to,
            @Nullable String number,
            @Nullable String code) {}

    /** 故事 as far as it has been told. */
    record Story(boolean running, @Nullable Boolean allHold, List<String> lines) {}

    private static final class Told {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private volatile boolean running = true;
        private volatile @Nullable Boolean allHold;
    }

    /** From now on there is somebody to serve. */
    void open(Sandbox sandbox) {
        running.set(sandbox);
    }

    @PostMapping("/cases")
    List<Filed> file(@RequestBody Wanted wanted) {
        if (wanted.count() < 1 || wanted.count() > MOST_CASES) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "1 to " + MOST_CASES);
        }
        var sandbox = sandbox();
        var filed = new ArrayList<Filed>();
        for (int i = 0; i < wanted.count(); i++) {
            var way = way(wanted, i);
            int sample = sandbox.data().nextSample();
            // One by one: persons of a seed are the same ones again.
            var set = Samples.transferable(
                    700_000L + sample, 1, way.from().code(), way.to().code());
            sandbox.loader().load(set);
            filed.add(apply(sandbox, set.persons().getFirst(), way, "sample-" + sample));
        }
        return filed;
    }

    private static Filed apply(Sandbox sandbox, SamplePerson person, Way way, String key) {
        var answer = TransferCase.send(
                sandbox.door(), person, way.from().code(), way.to().code(), key);
        String number = answer.text("number");
        return new Filed(
                way.from().code().value(),
                way.to().code().value(),
                number.isEmpty() ? null : number,
                answer.status() < 300 ? null : answer.text("code"));
    }

    private static Way way(Wanted wanted, int turn) {
        if (wanted.from() == null || wanted.to() == null) {
            return WAYS.get(turn % WAYS.size());
        }
        return new Way(region(wanted.from()), region(wanted.to()));
    }

    private static SampleRegion region(String code) {
        for (SampleRegion region : SampleRegion.values()) {
            if (region.code().value().equals(code)) {
                return region;
            }
        }
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "not a sample region");
    }

    /** 409 while one is being told: they move the same clock. */
    @PostMapping("/story")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Story begin() {
        var sandbox = sandbox();
        var next = new Told();
        var before = told.get();
        if ((before != null && before.running) || !told.compareAndSet(before, next)) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "a story is being told");
        }
        Thread.ofPlatform().daemon().name("story").start(() -> {
            try {
                next.allHold = Stories.tellAll(sandbox, linesTo(next));
            } catch (RuntimeException e) {
                next.lines.add("the stories broke off: " + e.getMessage());
                next.allHold = false;
            } finally {
                next.running = false;
            }
        });
        return story();
    }

    private static Progress linesTo(Told told) {
        return new Progress(new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(@Nullable String line) {
                told.lines.addAll(List.of(String.valueOf(line).split("\n", -1)));
            }
        });
    }

    @GetMapping("/story")
    Story story() {
        var last = told.get();
        return last == null
                ? new Story(false, null, List.of())
                : new Story(last.running, last.allHold, List.copyOf(last.lines));
    }

    private Sandbox sandbox() {
        var sandbox = running.get();
        if (sandbox == null) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "not started yet");
        }
        return sandbox;
    }
}
