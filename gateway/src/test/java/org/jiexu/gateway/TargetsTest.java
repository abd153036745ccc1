package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.web.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class TargetsTest {
    private static final URI SOMEWHERE = URI.create("http://127.0.0.1:1");

    /** Found by {@code deploy/faults --fault F1 --seed 2}: applications were answered that there is no such region. */
    @Test
    void nobodyIsToldThatARegionDoesNotExistBeforeTheDirectoryIsRead() {
        var targets = new Targets(new Directory(), properties());
        var destination = Destination.of("/api/v1/regions/430100/transfers").orElseThrow();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> targets.of(destination))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("DIRECTORY_NOT_READ");
                    assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                });
    }

    private static JiexuProperties properties() {
        return new JiexuProperties(
                null,
                List.of(),
                "1",
                SOMEWHERE,
                SOMEWHERE,
                SOMEWHERE,
                new JiexuProperties.Clock(JiexuProperties.Clock.Mode.SYSTEM, Instant.EPOCH),
                new JiexuProperties.Trust(Path.of("registry.key")),
                new JiexuProperties.Outbox(4),
                new JiexuProperties.Clearing(List.of()),
                "");
    }
}
