package org.jiexu.wire.contract;

import java.util.List;
import org.jiexu.wire.vocabulary.RegionCode;

/** 主题 — names of topics, in one place. Keys: case number, person id, or the directory's thing. */
public final class Topics {
    public static final String PROGRESS = TopicFamily.PROGRESS.prefix();
    public static final String DEADLINE = TopicFamily.DEADLINE.prefix();
    public static final String DIRECTORY = TopicFamily.DIRECTORY.prefix();
    /** {@code to} of topics without one addressee. */
    public static final String EVERYBODY = "*";

    private Topics() {}

    public static String transfer(RegionCode region) {
        return of(TopicFamily.TRANSFER, region);
    }

    public static String balance(RegionCode region) {
        return of(TopicFamily.BALANCE, region);
    }

    public static String participation(RegionCode region) {
        return of(TopicFamily.PARTICIPATION, region);
    }

    /** The clearing topic of a province, by its code. */
    public static String clearing(RegionCode province) {
        return of(TopicFamily.CLEARING, province);
    }

    public static String quarantine(RegionCode region) {
        return of(TopicFamily.QUARANTINE, region);
    }

    /** The topics that come into being when a region joins the platform. */
    public static List<String> ofRegion(RegionCode region) {
        return List.of(transfer(region), balance(region), participation(region), quarantine(region));
    }

    private static String of(TopicFamily family, RegionCode region) {
        return family.prefix() + "." + region;
    }
}
