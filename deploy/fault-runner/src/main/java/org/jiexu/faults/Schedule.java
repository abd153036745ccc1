package org.jiexu.faults;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens, and under which load: data, so that it can be kept and run again.
 *
 * @param load how many applications and enrolments, and how many of them a second
 * @param steps in the order of their times
 */
record Schedule(String fault, long seed, Size load, List<Step> steps) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * @param transfers persons who apply, from 济宁 to 长沙 and from 长沙 to 杭州
     * @param withdrawals how many of them think better of it
     * @param enrolments persons whom 株洲 enrols and whose record in 长沙 follows at once
     */
    record Size(int transfers, int withdrawals, int enrolments, double perSecond) {}

    boolean has(Step.Action action) {
        return steps.stream().anyMatch(step -> step.action() == action);
    }

    String name() {
        return fault + " seed " + seed;
    }

    String json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }

    static Schedule parse(String json) {
        return JSON.readValue(json, Schedule.class);
    }
}
