package org.jiexu.auditor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The client's history, a JSON object a line: {@code {"key":…,"outcome":"ok","number":…}}. */
public final class ReadHistory {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ReadHistory() {}

    public static List<Asked> of(Path file) throws IOException {
        var history = new ArrayList<Asked>();
        try (var lines = Files.lines(file)) {
            lines.filter(line -> !line.isBlank()).forEach(line -> {
                var json = JSON.readTree(line);
                var number = json.path("number").asString("");
                history.add(new Asked(
                        json.path("key").asString(""),
                        json.path("outcome").asString("unknown"),
                        number.isEmpty() ? null : number));
            });
        }
        return history;
    }
}
