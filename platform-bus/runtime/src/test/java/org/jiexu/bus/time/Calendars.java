package org.jiexu.bus.time;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.vocabulary.RegionCode;

/** The notices for 2025 and 2026, as published. */
final class Calendars {
    static final RegionCode CHANGSHA = new RegionCode("430100");
    static final RegionCode JINING = new RegionCode("370800");

    private Calendars() {}

    static WorkingCalendar published() {
        return WorkingCalendar.of(notices());
    }

    static WorkingCalendar publishedAnd(CalendarPublishedV1... more) {
        return WorkingCalendar.of(
                Stream.concat(notices().stream(), Stream.of(more)).toList());
    }

    static WorkingDays workingDays() {
        return published().of(CHANGSHA);
    }

    static CalendarPublishedV1 national(int year, CalendarDayV1... days) {
        return new CalendarPublishedV1(year, WorkingCalendar.NATIONAL, "国务院办公厅通知", List.of(days));
    }

    static CalendarDayV1 off(String date, String name) {
        return new CalendarDayV1(LocalDate.parse(date), name, false);
    }

    static CalendarDayV1 worked(String date, String name) {
        return new CalendarDayV1(LocalDate.parse(date), name, true);
    }

    static List<CalendarDayV1> days() {
        try (var file = requireNonNull(Calendars.class.getResourceAsStream("working-calendar.csv"))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> new CalendarDayV1(LocalDate.parse(cells[0]), cells[1], cells[2].equals("WORKDAY")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A moment on the wall clock in Beijing. */
    static Instant at(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(BusinessClock.ZONE).toInstant();
    }

    private static List<CalendarPublishedV1> notices() {
        return Stream.of(2025, 2026)
                .map(year -> national(
                        year,
                        days().stream()
                                .filter(day -> day.date().getYear() == year)
                                .toArray(CalendarDayV1[]::new)))
                .toList();
    }
}
