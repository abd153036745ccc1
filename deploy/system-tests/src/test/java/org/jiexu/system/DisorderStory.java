package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.story.TransferCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Any two messages that are under way at once may change places, and each may come twice: both regions reach the same
 * single end, the money is in one place, nothing stays parked.
 */
@OnSharedPlatform
class DisorderStory {
    private static final int CASES = 8;
    private static final List<String> ENDS = List.of("COMPLETED", "WITHDRAWN", "DECLINED");

    private final Sandbox sandbox = Platform.shared();

    @ParameterizedTest(name = "seed {0}, everything twice: {1}")
    @CsvSource({"1, false", "2, false", "3, true", "4, true"})
    @Tag("R3.8")
    void everyCaseReachesOneEndOnBothSides(long seed, boolean twice) throws Exception {
        var people = new ArrayList<SamplePerson>();
        people.addAll(Cases.movers(sandbox, CASES, SampleRegion.CHANGSHA, SampleRegion.HANGZHOU));
        Map<SamplePerson, Long> wealth = new HashMap<>();
        people.forEach(person ->
                wealth.put(person, Cases.wealth(sandbox, person, SampleRegion.CHANGSHA, SampleRegion.HANGZHOU)));

        Disorder.begin(seed, twice);
        var cases = new ArrayList<TransferCase>();
        for (var person : people) {
            var transfer = Cases.apply(sandbox, person, SampleRegion.CHANGSHA, SampleRegion.HANGZHOU);
            cases.add(transfer);
            if (cases.size() % 2 == 0) {
                // Withdraw against issue: whichever comes first at the old region.
                transfer.withdraw();
            }
        }
        await().atMost(Cases.PATIENCE)
                .until(() -> cases.stream().allMatch(transfer -> ENDS.contains(transfer.state())));
        Disorder.end();
        Cases.isQuiet(sandbox);

        for (var transfer : cases) {
            assertThat(transfer.out().path("summary").path("state").asString())
                    .as("seed %d, case %s", seed, transfer.number())
                    .isEqualTo(transfer.state());
            assertThat(Cases.wealth(sandbox, transfer.person(), SampleRegion.CHANGSHA, SampleRegion.HANGZHOU))
                    .isEqualTo(wealth.get(transfer.person()));
        }
        Cases.booksAreInOrder(sandbox);
    }
}
