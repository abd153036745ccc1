package org.jiexu.registry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.WorkingDays;
import org.jiexu.registry.postgres.Nearness;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;

/** 剩余工作日 — how near a last day is today, region by region: calendars and warnings differ (R4.3, R4.7). */
@Component
public class DaysLeft {
    private static final RegionCode ANYWHERE = new RegionCode("000000");

    private final Directory directory;
    private final Policies policies;
    private final BusinessClock clock;

    DaysLeft(Directory directory, Policies policies, BusinessClock clock) {
        this.directory = directory;
        this.policies = policies;
        this.clock = clock;
    }

    /** The country's, and that of each region where anything differs. */
    public Nearness today() {
        var today = clock.today();
        var national = directory.workingDays(ANYWHERE);
        var here = nearness(national, ANYWHERE, today);
        Map<String, Nearness.Window> own = new LinkedHashMap<>();
        for (RegionListedV1 region : directory.regions()) {
            var window = nearness(directory.workingDays(region.code()), region.code(), today);
            if (!window.equals(here)) {
                own.put(region.code().value(), window);
            }
        }
        return new Nearness(today, here, own);
    }

    /** 0 on the last day, minus the working days that have begun since it was over. */
    public int until(RegionCode region, LocalDate dueOn, LocalDate today) {
        int counting = directory.workingDays(region).workingDaysLeft(today, dueOn);
        return today.isAfter(dueOn) ? Math.min(-1, counting) : counting - (isWorking(region, today) ? 1 : 0);
    }

    private boolean isWorking(RegionCode region, LocalDate today) {
        return directory.workingDays(region).isWorking(today);
    }

    private Nearness.Window nearness(WorkingDays calendar, RegionCode region, LocalDate today) {
        var begins = new ArrayList<LocalDate>();
        begins.add(today);
        LocalDate day = today;
        while (begins.size() <= Nearness.LATER) {
            day = day.plusDays(1);
            if (calendar.isWorking(day)) {
                begins.add(day);
            }
        }
        // House rule: "three left" counts the day that begins, so the day that is three from the end has two after it.
        int warned = policies.numbers(Policies.WARN_WORKING_DAYS, region).stream()
                .max(Integer::compare)
                .orElse(1);
        return new Nearness.Window(List.copyOf(begins), Math.clamp(warned - 1L, 0, Nearness.MOST));
    }
}
