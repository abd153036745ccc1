package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jiexu.sandbox.Sandbox;
import org.junit.jupiter.api.Test;

/** The README's curl walk-through works as printed, and both languages print the same commands. */
@OnSharedPlatform
class WalkthroughStory {
    private static final Path HOME = Path.of("..", "..");
    private static final Pattern BLOCK = Pattern.compile("```bash\\n(.*?)```", Pattern.DOTALL);

    @Test
    void worksAsPrinted() throws Exception {
        Sandbox sandbox = Platform.shared();
        assertThat(blocks("README.zh.md")).isEqualTo(blocks("README.md")).hasSize(6);

        var builder = new ProcessBuilder("bash", "-c", "set -u -o pipefail\n" + String.join("\n", blocks("README.md")));
        builder.environment().put("GATEWAY", sandbox.addresses().gateway().toString());
        builder.environment().put("ISSUER", sandbox.addresses().issuer().toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectErrorStream(true);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(output)
                .contains("the same key, the same number")
                .contains("\"status\":\"ACCEPTED\"")
                .contains("\"amount\":\"8765.43\"")
                .contains("\"statusWords\":\"已办结\"")
                .contains("\"sum\":\"0.00\"")
                .contains("NOTHING_TO_TRANSFER")
                .contains("\"dueOn\":\"2026-10-09\"");
        assertThat(process.exitValue()).isZero();
    }

    private static List<String> blocks(String file) throws IOException {
        return BLOCK.matcher(Files.readString(HOME.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
