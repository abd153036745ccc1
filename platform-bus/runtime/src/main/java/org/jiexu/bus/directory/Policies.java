package org.jiexu.bus.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.RegionCode;

/** 地方政策 — dated settings of a region, its province or the country, with the defaults of the rulebook. */
public final class Policies {
    public static final String AUTOMATIC_ISSUE = "automatic.issue";
    public static final String AUTOMATIC_CONFIRM = "automatic.confirm";
    public static final String ISSUE_WORKING_DAYS = "issue.workingDays";
    public static final String BOOK_WORKING_DAYS = "book.workingDays";
    public static final String CORRECT_WORKING_DAYS = "correct.workingDays";
    public static final String CREDIT_WORKING_DAYS = "credit.workingDays";
    public static final String PROMISE_WORKING_DAYS = "promise.workingDays";
    public static final String MATCH_WORKING_DAYS = "match.workingDays";
    public static final String WARN_WORKING_DAYS = "warn.workingDays";

    private static final Map<String, String> DEFAULTS = Map.of(
            AUTOMATIC_ISSUE, "false",
            AUTOMATIC_CONFIRM, "false",
            // 43号 Art. 8: ten working days from acceptance.
            ISSUE_WORKING_DAYS, "10",
            // 43号 Art. 9: five working days from receipt of the sheet.
            BOOK_WORKING_DAYS, "5",
            CORRECT_WORKING_DAYS, "5",
            CREDIT_WORKING_DAYS, "5",
            PROMISE_WORKING_DAYS, "15",
            MATCH_WORKING_DAYS, "15",
            WARN_WORKING_DAYS, "3,1");

    private final Directory directory;
    private final Clock clock;

    public Policies(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    public boolean flag(String name, RegionCode region) {
        return Boolean.parseBoolean(text(name, region));
    }

    public int number(String name, RegionCode region) {
        return Integer.parseInt(text(name, region));
    }

    public List<Integer> numbers(String name, RegionCode region) {
        return Stream.of(text(name, region).split(",", -1))
                .map(String::strip)
                .map(Integer::valueOf)
                .toList();
    }

    /** Throws {@link IllegalArgumentException} for a name that no policy has. */
    public String text(String name, RegionCode region) {
        var standard = DEFAULTS.get(name);
        if (standard == null) {
            throw new IllegalArgumentException("no policy is called " + name);
        }
        return directory.policy(name, region, LocalDate.now(clock)).orElse(standard);
    }
}
