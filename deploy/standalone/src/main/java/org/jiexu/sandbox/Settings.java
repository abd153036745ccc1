package org.jiexu.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jiexu.sandbox.sample.SampleData;
import org.jiexu.sandbox.sample.Samples;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox is to run.
 *
 * @param portBase null: the one that the data remember, or the default
 * @param sample how many persons besides the named ones; negative loads nothing at all
 * @param onlyApart of the processes, those of the regions that stand alone; the others do not run
 * @param extra further arguments by service name, for tests: a crash point, another limit
 */
public record Settings(
        Path data,
        Form form,
        @Nullable Integer portBase,
        boolean fresh,
        long seed,
        int sample,
        boolean onlyApart,
        Map<String, List<String>> extra) {

    public static Settings of(Path data, Form form) {
        return new Settings(data, form, null, false, Samples.DEFAULT_SEED, SampleData.MANY, false, Map.of());
    }

    public Settings withPortBase(@Nullable Integer base) {
        return new Settings(data, form, base, fresh, seed, sample, onlyApart, extra);
    }

    public Settings withFresh(boolean startOver) {
        return new Settings(data, form, portBase, startOver, seed, sample, onlyApart, extra);
    }

    public Settings withSeed(long other) {
        return new Settings(data, form, portBase, fresh, other, sample, onlyApart, extra);
    }

    public Settings withSample(int persons) {
        return new Settings(data, form, portBase, fresh, seed, persons, onlyApart, extra);
    }

    public Settings withOnlyApart(boolean few) {
        return new Settings(data, form, portBase, fresh, seed, sample, few, extra);
    }

    public Settings withExtra(Map<String, List<String>> arguments) {
        return new Settings(data, form, portBase, fresh, seed, sample, onlyApart, Map.copyOf(arguments));
    }
}
