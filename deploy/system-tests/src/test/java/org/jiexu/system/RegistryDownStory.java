package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.story.TransferCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The registry is down: applications are kept and go on by themselves; progress and withdrawal still work (R2.7). */
@OnSharedPlatform
class RegistryDownStory {
    private final Sandbox sandbox = Platform.shared();

    @Test
    @Tag("R2.7")
    void anApplicationIsKeptAndGoesOnWhenTheRegistryIsBack() {
        var people = Cases.movers(sandbox, 1, SampleRegion.JINING, SampleRegion.CHANGSHA);
        var others = Cases.movers(sandbox, 1, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA);
        var waiting = Cases.apply(sandbox, others.getFirst(), SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA);
        waiting.awaitOut("HELD");

        sandbox.services().stop("registry");
        String number;
        try {
            var answer = TransferCase.send(
                    sandbox.door(),
                    people.getFirst(),
                    SampleRegion.JINING.code(),
                    SampleRegion.CHANGSHA.code(),
                    "down-" + people.getFirst().person());
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.text("status")).isEqualTo("SUBMITTED");
            number = answer.text("number");
            assertThat(state(people.getFirst().person().value(), number)).isEqualTo("SUBMITTED");
            assertThat(waiting.withdraw().status()).isEqualTo(202);
            waiting.await("WITHDRAWN");
            assertThat(waiting.state()).isEqualTo("WITHDRAWN");
        } finally {
            sandbox.services().start("registry");
        }

        await().atMost(Cases.PATIENCE)
                .ignoreExceptions()
                .until(() -> state(people.getFirst().person().value(), number).equals("COMPLETED"));
        Cases.isQuiet(sandbox);
        Cases.booksAreInOrder(sandbox);
    }

    private String state(String person, String number) {
        return sandbox.door()
                .get("person-" + person, "/api/v1/transfers/" + number)
                .expect(200)
                .text("state");
    }
}
