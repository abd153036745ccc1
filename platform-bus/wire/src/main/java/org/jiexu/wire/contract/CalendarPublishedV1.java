package org.jiexu.wire.contract;

import java.util.List;

/** 工作日历 — the State Council's arrangement of one year ({@code region} {@code *}), or a region's extra days. */
public record CalendarPublishedV1(int year, String region, String notice, List<CalendarDayV1> days)
        implements EventData {}
