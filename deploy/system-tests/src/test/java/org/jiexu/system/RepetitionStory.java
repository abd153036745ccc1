package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SampleRegion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every event delivered again, and every topic read again from offset 0: tables and journal do not change. */
@OnSharedPlatform
class RepetitionStory {
    private static final List<String> SERVICES = List.of("registry", "transfer-in", "transfer-out", "settlement");

    private final Sandbox sandbox = Platform.shared();
    private final Evidence evidence = new Evidence(sandbox);

    @Test
    @Tag("R11.3")
    void everyEventDeliveredTwiceChangesNothing() {
        someCasesComplete();
        var before = evidence.tables();

        int sent = evidence.sendEverythingAgain(evidence.platformTopics());

        Cases.isQuiet(sandbox);
        assertThat(sent).isGreaterThan(50);
        assertThat(evidence.tables()).isEqualTo(before);
    }

    @Test
    void topicsReplayedFromOffsetZeroChangeNothing() {
        someCasesComplete();
        var before = evidence.tables();

        for (String service : SERVICES) {
            sandbox.services().stop(service);
        }
        for (String database : evidence.databases()) {
            if (!evidence.query(database, "select to_regclass('topic_offset')::text")
                    .contains("null")) {
                evidence.update(database, "update topic_offset set next = 0");
                // Without the inbox: the state tables alone must know what was done.
                evidence.update(database, "delete from inbox");
            }
        }
        for (String service : SERVICES) {
            sandbox.services().start(service);
        }

        Cases.isQuiet(sandbox);
        assertThat(evidence.tables()).isEqualTo(before);
    }

    private void someCasesComplete() {
        for (var person : Cases.movers(sandbox, 3, SampleRegion.JINING, SampleRegion.CHANGSHA)) {
            Cases.completes(Cases.apply(sandbox, person, SampleRegion.JINING, SampleRegion.CHANGSHA));
        }
        Cases.isQuiet(sandbox);
    }
}
