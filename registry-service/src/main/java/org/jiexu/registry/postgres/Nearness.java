package org.jiexu.registry.postgres;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * 剩余工作日 of today — which last day is how many working days away, by region where a region's calendar differs.
 *
 * @param here of every region that is not in {@code own}
 */
public record Nearness(LocalDate today, Window here, Map<String, Window> own) {
    /** Later last days are counted together. */
    public static final int MOST = 10;
    /** What the days left are called for later ones, and for those that are over. */
    public static final int LATER = MOST + 1;

    public static final int OVERDUE = -1;

    /**
     * @param begins element n is the first day that is n working days away: today, and each working day after it
     * @param warned a limit is at risk from that many working days before its promised day on
     */
    public record Window(List<LocalDate> begins, int warned) {}

    public Nearness {
        own = Map.copyOf(own);
    }

    private Window of(String region) {
        return own.getOrDefault(region, here);
    }

    /** The earliest last day of any region that is so near. */
    public LocalDate earliest(int daysLeft) {
        return windows()
                .map(window -> window.begins().get(daysLeft))
                .min(LocalDate::compareTo)
                .orElse(today);
    }

    /** The latest day on which a limit of any region is so near. */
    public LocalDate latest(int daysLeft) {
        return windows()
                .map(window -> window.begins().get(daysLeft + 1).minusDays(1))
                .max(LocalDate::compareTo)
                .orElse(today);
    }

    /** The latest promised day of any region that is at risk. */
    public LocalDate latestAtRisk() {
        return windows()
                .map(window -> window.begins().get(window.warned()))
                .max(LocalDate::compareTo)
                .orElse(today);
    }

    private Stream<Window> windows() {
        return Stream.concat(Stream.of(here), own.values().stream());
    }

    /** Regions that differ, for {@code unnest}. */
    String[] regions() {
        return own.keySet().stream().sorted().toArray(String[]::new);
    }

    /** Their promised days at risk, in the same order. */
    String[] atRisk() {
        return Stream.of(regions())
                .map(region -> of(region).begins().get(of(region).warned()).toString())
                .toArray(String[]::new);
    }

    /** The days on which each number begins, as PostgreSQL reads arrays, in the same order. */
    String[] days() {
        return Stream.of(regions()).map(region -> bounds(of(region))).toArray(String[]::new);
    }

    String hereDays() {
        return bounds(here);
    }

    LocalDate hereAtRisk() {
        return here.begins().get(here.warned());
    }

    private static String bounds(Window window) {
        return "{"
                + String.join(
                        ",", window.begins().stream().map(LocalDate::toString).toList()) + "}";
    }
}
