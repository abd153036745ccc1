package org.jiexu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jiexu.sandbox.sample.NamedPersons;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.story.Books;
import org.jiexu.sandbox.story.TransferCase;
import org.jiexu.wire.vocabulary.Fen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform in this JVM, stopped and started again on the same data. */
class SandboxStory {

    @TempDir
    static Path temporary;

    @Test
    void keepsItsDataOverARestartAndItsDoorToItself() {
        var screen = new ByteArrayOutputStream();
        var progress = new Progress(new PrintStream(screen, true, StandardCharsets.UTF_8));
        var settings = Settings.of(temporary.resolve("data"), Form.ONE_JVM)
                .withPortBase(Addresses.free().base())
                .withSample(12);
        var person = NamedPersons.walkThrough();
        var from = SampleRegion.JINING.code();
        var to = SampleRegion.CHANGSHA.code();

        String number;
        try (var sandbox = Sandbox.start(settings, progress)) {
            var transfer = TransferCase.accepted(sandbox.door(), person, from, to, "one");
            assertThat(transfer.await("COMPLETED").path("state").asString()).isEqualTo("COMPLETED");
            number = transfer.number();

            assertThatThrownBy(() -> Sandbox.start(settings, progress)).isInstanceOf(CannotStart.class);
            var elsewhere = Settings.of(temporary.resolve("other"), Form.ONE_JVM)
                    .withPortBase(sandbox.addresses().base());
            assertThatThrownBy(() -> Sandbox.start(elsewhere, progress))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("in use by another program");
        }

        try (var sandbox = Sandbox.start(settings, progress)) {
            var books = new Books(sandbox.door());
            assertThat(sandbox.door()
                            .get("person-" + person.person(), "/api/v1/transfers/" + number)
                            .expect(200)
                            .text("state"))
                    .isEqualTo("COMPLETED");
            assertThat(books.account(to, person.person()).balance())
                    .isEqualTo(person.in(from).balance().plus(person.in(to).balance()));
            assertThat(books.sum(to)).isEqualTo(Fen.ZERO);
        }
        assertThat(screen.toString(StandardCharsets.UTF_8)).containsOnlyOnce("sample data:");
    }
}
