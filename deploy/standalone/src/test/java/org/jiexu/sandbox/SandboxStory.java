package org.jiexu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jiexu.sandbox.sample.NamedPersons;
import org.jiexu.sandbox.story.Stories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform in this JVM: the walk-through as printed, the stories, and a restart on the same data. */
class SandboxStory {

    private static final Pattern BASH = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    @TempDir
    static Path temporary;

    @Test
    void runsTheWalkThroughAsPrintedTellsItsStoriesAndKeepsItsData() throws Exception {
        var screen = new ByteArrayOutputStream();
        var progress = new Progress(new PrintStream(screen, true, StandardCharsets.UTF_8));
        var settings = Settings.of(temporary.resolve("data"), Form.ONE_JVM)
                .withPortBase(Addresses.free().base())
                .withSample(12);

        try (var sandbox = Sandbox.start(settings, progress)) {
            assertThat(walkThrough(sandbox))
                    .contains("the same number", "\"COMPLETED\"", "\"amount\":\"8765.43\"", "NOTHING_TO_TRANSFER");
            assertThat(Stories.tellAll(sandbox, progress))
                    .as(screen.toString(StandardCharsets.UTF_8))
                    .isTrue();
        }

        try (var sandbox = Sandbox.start(settings, progress)) {
            assertThat(sandbox.door()
                            .get("person-" + NamedPersons.WALK_THROUGH, "/api/v1/transfers?mine")
                            .expect(200)
                            .body()
                            .path("items")
                            .valueStream()
                            .map(item -> item.path("status").asString())
                            .collect(Collectors.toSet()))
                    .contains("COMPLETED");
        }
    }

    /** The blocks of docs/walkthrough.md, one after the other in one shell. */
    private static String walkThrough(Sandbox sandbox) throws IOException, InterruptedException {
        Path page = Path.of("../../docs/walkthrough.md");
        var blocks = BASH.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
        Path script = Files.writeString(temporary.resolve("walkthrough.sh"), blocks);
        Path output = temporary.resolve("walkthrough.out");
        var builder = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("GATEWAY", sandbox.addresses().gateway().toString());
        builder.environment().put("ISSUER", sandbox.addresses().issuer().toString());
        var process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output);
    }
}
