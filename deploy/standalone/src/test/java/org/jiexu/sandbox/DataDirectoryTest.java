package org.jiexu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void remembersItsPortsAndItsSample() {
        try (var data = open(Form.ONE_JVM, 18_500, false)) {
            data.sampleWasLoaded(7);
            assertThat(data.nextStory()).isEqualTo(1);
        }

        try (var data = open(Form.ONE_JVM, null, false)) {
            assertThat(data.addresses()).isEqualTo(new Addresses(18_500));
            assertThat(data.sampleIsLoaded()).isTrue();
            assertThat(data.nextStory()).isEqualTo(2);
        }
    }

    @Test
    void keepsASecondLauncherOut() {
        try (var _ = open(Form.ONE_JVM, null, false)) {
            assertThatThrownBy(() -> open(Form.ONE_JVM, null, false))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("already runs");
        }
    }

    @Test
    void staysWithTheFormAndPortsThatMadeIt() {
        open(Form.ONE_JVM, 18_500, false).close();

        assertThatThrownBy(() -> open(Form.PROCESSES, null, false))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--fresh");
        assertThatThrownBy(() -> open(Form.ONE_JVM, 18_600, false))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("18500");
        open(Form.PROCESSES, 18_600, true).close();
    }

    @Test
    void deletesItsOwnDataOnly() throws IOException {
        try (var data = open(Form.ONE_JVM, null, false)) {
            Files.writeString(data.file("something"), "kept until --fresh");
            data.sampleWasLoaded(1);
        }
        try (var data = open(Form.ONE_JVM, null, true)) {
            assertThat(data.file("something")).doesNotExist();
            assertThat(data.sampleIsLoaded()).isFalse();
        }

        Path foreign = Files.createDirectory(temporary.resolve("photographs"));
        Files.writeString(foreign.resolve("holiday.jpg"), "not ours");
        assertThatThrownBy(() -> DataDirectory.open(foreign, Form.ONE_JVM, null, true))
                .isInstanceOf(CannotStart.class);
        assertThat(foreign.resolve("holiday.jpg")).exists();
    }

    @Test
    void keepsTheServicesSecret() {
        String secret;
        try (var data = open(Form.ONE_JVM, null, false)) {
            secret = data.serviceSecret();
        }
        try (var data = open(Form.ONE_JVM, null, false)) {
            assertThat(data.serviceSecret()).isEqualTo(secret).matches("[0-9a-f]{48}");
        }
    }

    private DataDirectory open(Form form, @Nullable Integer portBase, boolean fresh) {
        return DataDirectory.open(temporary.resolve("data"), form, portBase, fresh);
    }
}
