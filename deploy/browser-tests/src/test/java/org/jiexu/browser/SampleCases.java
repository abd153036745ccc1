package org.jiexu.browser;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.sandbox.story.TransferCase;
import org.jspecify.annotations.Nullable;

/** Cases for the screens to show, filed once. */
final class SampleCases {
    private static final long SEED = 880_001;
    private static @Nullable List<String> filed;

    private SampleCases() {}

    /** Their numbers; the first waits for a clerk of 石家庄, the second has been completed. */
    static synchronized List<String> filed() {
        if (filed == null) {
            var waiting = file(SEED, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA);
            waiting.awaitOut("HELD");
            var done = file(SEED + 1, SampleRegion.JINING, SampleRegion.CHANGSHA);
            done.await("COMPLETED");
            var checking = file(SEED + 2, SampleRegion.JINING, SampleRegion.SHIJIAZHUANG);
            checking.await("RECEIVED");
            var numbers = new ArrayList<>(List.of(waiting.number(), done.number(), checking.number()));
            filed = List.copyOf(numbers);
        }
        return filed;
    }

    static TransferCase file(long seed, SampleRegion from, SampleRegion to) {
        return TransferCase.accepted(
                RunningConsole.sandbox().door(), person(seed, from, to), from.code(), to.code(), "browser-" + seed);
    }

    static SamplePerson person(long seed, SampleRegion from, SampleRegion to) {
        var set = Samples.transferable(seed, 1, from.code(), to.code());
        RunningConsole.sandbox().loader().load(set);
        return set.persons().getFirst();
    }
}
