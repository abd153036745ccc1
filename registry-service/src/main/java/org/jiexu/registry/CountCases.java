package org.jiexu.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.domain.Stage;
import org.jiexu.registry.postgres.CaseFigureStore;
import org.jiexu.registry.postgres.CaseFigureStore.Figure;
import org.jiexu.registry.postgres.CaseFigureStore.Pair;
import org.jiexu.registry.postgres.CaseFigureStore.Scope;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 业务总览 — what the cases of a region, a province or the country add up to; no figure here is counted when asked for. */
@Component
public class CountCases {
    private static final int DAYS = 30;
    private static final int PAIRS = 20;
    private static final List<Integer> AGES = List.of(5, 10, 15, 30, 60);

    private final CaseFigureStore figures;
    private final Directory directory;
    private final BusinessClock clock;

    CountCases(CaseFigureStore figures, Directory directory, BusinessClock clock) {
        this.figures = figures;
        this.directory = directory;
        this.clock = clock;
    }

    /** 今日 — of the cases known to the platform; those that were refused too, for each has its number. */
    public record Today(long submitted, long accepted, long completed, long refused, long withdrawn, long declined) {}

    public record OfStatus(PublicStatus status, String words, long count) {}

    /** @param holderSide OLD, RECEIVING, or null when nobody in particular has it */
    public record AtStep(
            String step, String words, @Nullable String holderSide, long count) {}

    /** @param workingDays that have begun since the day on which it began */
    public record Oldest(CaseNumber number, String step, String stepWords, Instant since, int workingDays) {}

    public record Day(LocalDate day, long accepted, long completed) {}

    /** @param upToDays calendar days since the case began; null: older than all before */
    public record Age(@Nullable Integer upToDays, long count) {}

    /** 业务总览 of the cases. */
    public record Counted(
            Today today,
            long open,
            List<OfStatus> byStatus,
            List<AtStep> flow,
            @Nullable Oldest oldest,
            List<Day> throughput,
            List<Age> ageing,
            List<Pair> matrix) {}

    public Counted of(Scope scope) {
        var today = clock.today();
        var all = figures.figures(scope, today.minusDays(DAYS - 1));
        return new Counted(
                today(all, today),
                sum(all.stream().filter(figure -> figure.name().equals("OPEN"))),
                byStatus(all),
                flow(all),
                oldest(scope, all, today),
                throughput(all, today),
                ageing(all, today),
                figures.busiest(scope, PAIRS));
    }

    private static Today today(List<Figure> all, LocalDate today) {
        return new Today(
                on(all, "SUBMITTED", "", today),
                on(all, "ACCEPTED", "", today),
                on(all, "ENDED", PublicStatus.COMPLETED.name(), today),
                on(all, "ENDED", PublicStatus.REFUSED.name(), today),
                on(all, "ENDED", PublicStatus.WITHDRAWN.name(), today),
                on(all, "ENDED", PublicStatus.DECLINED.name(), today));
    }

    private static List<OfStatus> byStatus(List<Figure> all) {
        return Stream.of(PublicStatus.values())
                .map(status -> new OfStatus(
                        status,
                        status.words(),
                        sum(cases(all).filter(figure -> figure.a().equals(status.name())))))
                .filter(counted -> counted.count() > 0)
                .toList();
    }

    private static List<AtStep> flow(List<Figure> all) {
        record Place(String step, String side) {}
        return cases(all)
                .filter(figure -> !PublicStatus.valueOf(figure.a()).isEnd())
                .collect(Collectors.groupingBy(
                        figure -> new Place(figure.b(), figure.c()), Collectors.summingLong(Figure::count)))
                .entrySet()
                .stream()
                .map(entry -> new AtStep(
                        entry.getKey().step(),
                        Stage.words(entry.getKey().step()),
                        entry.getKey().side().isEmpty() ? null : entry.getKey().side(),
                        entry.getValue()))
                .sorted(Comparator.comparingLong(AtStep::count).reversed().thenComparing(AtStep::step))
                .toList();
    }

    private @Nullable Oldest oldest(Scope scope, List<Figure> all, LocalDate today) {
        return all.stream()
                .filter(figure -> figure.name().equals("OPEN"))
                .map(CountCases::day)
                .min(Comparator.naturalOrder())
                .flatMap(day -> figures.oldestOpen(scope, day).stream()
                        .min(Comparator.comparing(CaseIndexStore.Case::firstAt)
                                .thenComparing(found -> found.number().value())))
                .map(found -> oldest(found, today))
                .orElse(null);
    }

    private Oldest oldest(CaseIndexStore.Case found, LocalDate today) {
        var since = LocalDate.ofInstant(found.firstAt(), BusinessClock.ZONE);
        var calendar = directory.workingDays(found.receiving());
        // R4.2: the day on which it began is not counted.
        int workingDays = since.isBefore(today) ? calendar.workingDaysLeft(since.plusDays(1), today) : 0;
        return new Oldest(found.number(), found.step(), Stage.words(found.step()), found.firstAt(), workingDays);
    }

    private static List<Day> throughput(List<Figure> all, LocalDate today) {
        return today.minusDays(DAYS - 1)
                .datesUntil(today.plusDays(1))
                .map(day -> new Day(
                        day, on(all, "ACCEPTED", "", day), on(all, "ENDED", PublicStatus.COMPLETED.name(), day)))
                .toList();
    }

    private static List<Age> ageing(List<Figure> all, LocalDate today) {
        var counts = new TreeMap<Integer, Long>();
        AGES.forEach(age -> counts.put(age, 0L));
        counts.put(Integer.MAX_VALUE, 0L);
        all.stream().filter(figure -> figure.name().equals("OPEN")).forEach(figure -> {
            int age = Math.toIntExact(ChronoUnit.DAYS.between(day(figure), today));
            counts.merge(counts.ceilingKey(age), figure.count(), Long::sum);
        });
        return counts.entrySet().stream()
                .map(entry -> new Age(entry.getKey() == Integer.MAX_VALUE ? null : entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Stream<Figure> cases(List<Figure> all) {
        return all.stream().filter(figure -> figure.name().equals("CASE"));
    }

    private static long on(List<Figure> all, String name, String a, LocalDate day) {
        return sum(all.stream()
                .filter(figure -> figure.name().equals(name) && figure.a().equals(a) && day.equals(figure.day())));
    }

    private static long sum(Stream<Figure> figures) {
        return figures.mapToLong(Figure::count).sum();
    }

    private static LocalDate day(Figure figure) {
        var day = figure.day();
        if (day == null) {
            throw new IllegalStateException(figure.name() + " is counted by day");
        }
        return day;
    }
}
