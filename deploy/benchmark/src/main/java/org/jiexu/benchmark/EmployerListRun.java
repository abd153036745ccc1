package org.jiexu.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Form;
import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;

/** One employer's list of N persons: handed in, stopped half-way, worked off to its end, nobody applied for twice. */
final class EmployerListRun {
    /** All of them work for the one who applies (R1.5). */
    static final String USCC = "91430100MA4L00000F";

    private static final String PATH = "/api/v1/regions/" + SampleRegion.CHANGSHA.code() + "/transfer-batches";

    private final Sandbox sandbox;
    private final Progress progress;
    private final Cut cut;

    /** What happens half-way. */
    enum Cut {
        NONE,
        /** The receiving service is stopped in order and started again. */
        STOP,
        /** Its process is killed; every service runs as its own process. */
        KILL;

        Form form() {
            return this == KILL ? Form.PROCESSES : Form.ONE_JVM;
        }

        String service() {
            return this == KILL ? "transfer-in-" + SampleRegion.CHANGSHA.code() : "transfer-in";
        }
    }

    EmployerListRun(Sandbox sandbox, Progress progress, Cut cut) {
        this.sandbox = sandbox;
        this.progress = progress;
        this.cut = cut;
    }

    String run(List<SamplePerson> people) throws IOException, InterruptedException {
        long before = usedHeap();
        long start = System.nanoTime();
        var id = handIn(csv(people));
        long takenIn = System.nanoTime();
        boolean isCut = cut == Cut.NONE;
        long most = 0;
        long mostOfService = 0;
        int told = people.size();
        var view = view(id);
        while (!view.text("state").equals("DONE")) {
            TimeUnit.MILLISECONDS.sleep(500);
            view = view(id);
            most = Math.max(most, usedNow());
            mostOfService = Math.max(mostOfService, mostResident());
            int waiting = view.body().path("waiting").asInt();
            if (told - waiting >= people.size() / 10) {
                progress.say(waiting + " lines to go");
                told = waiting;
            }
            if (!isCut && waiting < people.size() / 2) {
                progress.say("cut off (" + cut + ") with " + waiting + " lines to go");
                cutOff();
                isCut = true;
            }
        }
        long end = System.nanoTime();
        return """
            lines                     %d, accepted %d, refused %d, submitted %d, faulty %d
            taken in                  %.1f s
            worked off                %.1f s, %.1f lines / s%s
            heap                      %d MiB before, %d MiB at most while at work, %d MiB after%s
            cases of the employer     %d, of so many persons: %d
            """.formatted(
                        view.body().path("lines").asInt(),
                        view.body().path("accepted").asInt(),
                        view.body().path("refused").asInt(),
                        view.body().path("submitted").asInt(),
                        view.body().path("faulty").asInt(),
                        (takenIn - start) / 1e9,
                        (end - takenIn) / 1e9,
                        people.size() / ((end - takenIn) / 1e9),
                        cut == Cut.NONE ? "" : " (cut off half-way: " + cut + ")",
                        before >> 20,
                        most >> 20,
                        usedHeap() >> 20,
                        mostOfService == 0
                                ? ""
                                : " (of this process); the receiving service resident %d MiB at most"
                                        .formatted(mostOfService >> 20),
                        cases("count(*)"),
                        cases("count(distinct certificate_number)"));
    }

    /** What the service's own process has held of memory at most so far; 0 where it has none of its own. */
    private long mostResident() throws IOException {
        var process = sandbox.services().process(cut.service());
        if (process.isEmpty()) {
            return 0;
        }
        var status = Path.of("/proc/" + process.get().pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    private void cutOff() {
        if (cut == Cut.KILL) {
            sandbox.services()
                    .process(cut.service())
                    .orElseThrow()
                    .destroyForcibly(); // Its supervisor starts it again.
        } else {
            sandbox.services().stop(cut.service());
            sandbox.services().start(cut.service());
        }
    }

    private static String csv(List<SamplePerson> people) {
        var text = new StringBuilder("证件类型,证件号码,姓名,转出地,转出险种,转移原因,承诺书版本\n");
        for (var person : people) {
            text.append(String.join(
                            ",",
                            person.certificate().type().code(),
                            person.certificate().number(),
                            person.name(),
                            SampleRegion.JINING.code().value(),
                            "310",
                            "WORK",
                            "2026-01"))
                    .append('\n');
        }
        return text.toString();
    }

    private String handIn(String csv) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(sandbox.addresses().gateway().resolve(PATH))
                            .header("Authorization", "Bearer " + sandbox.door().token(user()))
                            .header("Content-Type", "text/csv")
                            .header("Idempotency-Key", "bench-list")
                            .POST(BodyPublishers.ofString(csv))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 202) {
                throw new IllegalStateException("the list was answered " + answer.statusCode());
            }
            var location = answer.headers().firstValue("Location").orElseThrow();
            return location.substring(location.lastIndexOf('/') + 1);
        }
    }

    /** While the service is away the list is as it was. */
    private Door.Answer view(String id) throws InterruptedException {
        while (true) {
            var answer = sandbox.door().get(user(), PATH + "/" + id);
            if (answer.status() == 200) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private long cases(String what) {
        return Costs.number(
                sandbox,
                cut.service().replace('-', '_'),
                "select " + what + " from transfer_case where applicant_uscc = '" + USCC + "'");
    }

    private static String user() {
        return "employer-" + USCC;
    }

    private static long usedHeap() {
        System.gc();
        return usedNow();
    }

    private static long usedNow() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
