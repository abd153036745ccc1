package org.jiexu.wire.contract;

import java.time.LocalDate;

/** 节假日安排 — one day that departs from Monday to Friday: a holiday off, or a make-up day worked. */
public record CalendarDayV1(LocalDate date, String name, boolean working) {}
