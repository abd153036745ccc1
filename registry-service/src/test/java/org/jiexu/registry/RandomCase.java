package org.jiexu.registry;

import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;
import static org.jiexu.registry.RunningRegistry.JINING;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.registry.postgres.CaseIndexStore.ToldLimit;
import org.jiexu.registry.postgres.CaseIndexStore.ToldStep;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineEscalatedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/** A case between two of three regions that goes some way of its life; what is said of it can be said in any order. */
final class RandomCase {
    private static final List<RegionCode> REGIONS = List.of(JINING, CHANGSHA, HANGZHOU);

    private record Told(Source source, String topic, EventData data) {}

    private final RunningRegistry registry;
    private final Random random;
    private final LocalDate today;
    private final PersonId person;
    private final RegionCode sending;
    private final RegionCode receiving;
    private final CaseNumber number;
    private final List<Told> told = new ArrayList<>();
    private Instant at;

    private RandomCase(RunningRegistry registry, Random random, LocalDate today) {
        this.registry = registry;
        this.random = random;
        this.today = today;
        int from = random.nextInt(REGIONS.size());
        sending = REGIONS.get(from);
        receiving = REGIONS.get((from + 1 + random.nextInt(REGIONS.size() - 1)) % REGIONS.size());
        number = registry.number(receiving);
        var certificate = registry.certificate();
        person = new PersonId(
                registry.importPerson(certificate, "李四维", sending, RunningRegistry.participation("2", "")));
        at = day(today.minusDays(random.nextInt(75))).plusSeconds(random.nextInt(36_000));
    }

    static RandomCase in(RunningRegistry registry, Random random, LocalDate today) {
        var one = new RandomCase(registry, random, today);
        one.live();
        return one;
    }

    /** One that begins and ends today; what is refused was never accepted. */
    static RandomCase endingToday(RunningRegistry registry, Random random, LocalDate today, PublicStatus end) {
        var one = new RandomCase(registry, random, today);
        one.at = day(today);
        if (end != PublicStatus.REFUSED) {
            one.step(ServiceName.TRANSFER_IN, "ACCEPTED", PublicStatus.ACCEPTED, one.sending, List.of());
        }
        one.step(ServiceName.TRANSFER_IN, end.name(), end, null, List.of());
        return one;
    }

    CaseNumber number() {
        return number;
    }

    RegionCode elsewhere() {
        return REGIONS.stream()
                .filter(region -> !region.equals(sending) && !region.equals(receiving))
                .findFirst()
                .orElseThrow();
    }

    List<String> steps() {
        return told.stream()
                .flatMap(one -> one.data() instanceof CaseProgressedV1 step ? Stream.of(step.step()) : Stream.empty())
                .toList();
    }

    List<Runnable> events() {
        return told.stream()
                .<Runnable>map(one ->
                        () -> registry.say(one.source(), one.topic(), Topics.EVERYBODY, number.value(), one.data()))
                .toList();
    }

    private void live() {
        var issueDue = today.plusDays(random.nextInt(40) - 15L);
        var promiseDue = issueDue.plusDays(random.nextInt(10));
        var issue = limit(DeadlineKind.ISSUE, sending, issueDue, null);
        var promise = limit(DeadlineKind.PROMISE, receiving, promiseDue, null);
        step(ServiceName.TRANSFER_IN, "ACCEPTED", PublicStatus.ACCEPTED, sending, List.of(issue, promise));
        if (random.nextInt(3) == 0) {
            word(new DeadlineWarnedV1(DeadlineKind.ISSUE, sending, issueDue, 3, after(issueDue.minusDays(3))));
        }
        if (issueDue.isBefore(today)) {
            word(new DeadlineMissedV1(DeadlineKind.ISSUE, sending, issueDue, after(issueDue.plusDays(1))));
            if (random.nextBoolean()) {
                word(new DeadlineEscalatedV1(
                        DeadlineKind.ISSUE, sending, sending.province(), issueDue, after(issueDue.plusDays(8))));
            }
        }
        switch (random.nextInt(6)) {
            case 0 -> {}
            case 1 -> step(ServiceName.TRANSFER_IN, "WITHDRAWN", PublicStatus.WITHDRAWN, null, List.of());
            case 2 -> step(ServiceName.TRANSFER_IN, "DECLINED", PublicStatus.DECLINED, null, List.of());
            default -> issued(issueDue, promise);
        }
    }

    private void issued(LocalDate issueDue, DeadlineStatusV1 promise) {
        at = at.plusSeconds(3600L * (1 + random.nextInt(300)));
        var met = limit(DeadlineKind.ISSUE, sending, issueDue, at);
        step(ServiceName.TRANSFER_OUT, "SHEET_ISSUED", PublicStatus.IN_PROGRESS, receiving, List.of(met));
        var bookDue = today.plusDays(random.nextInt(20) - 5L);
        if (random.nextBoolean()) {
            var book = limit(DeadlineKind.BOOK, receiving, bookDue, null);
            step(
                    ServiceName.TRANSFER_IN,
                    "SHEET_RECEIVED",
                    PublicStatus.IN_PROGRESS,
                    receiving,
                    List.of(book, promise));
        }
        if (random.nextBoolean()) {
            var book = limit(DeadlineKind.BOOK, receiving, bookDue, at);
            step(ServiceName.TRANSFER_IN, "COMPLETED", PublicStatus.COMPLETED, null, List.of(book));
        }
    }

    private DeadlineStatusV1 limit(DeadlineKind kind, RegionCode region, LocalDate dueOn, @Nullable Instant metAt) {
        boolean paused = metAt == null && random.nextInt(5) == 0;
        return new DeadlineStatusV1(
                kind,
                region,
                dueOn,
                random.nextInt(6) == 0,
                metAt,
                dueOn.minusDays(14),
                10,
                dueOn.minusDays(random.nextInt(4)),
                paused ? at : null,
                paused ? "等候补正材料" : null,
                metAt == null && random.nextInt(9) == 0 ? at : null);
    }

    private void step(
            ServiceName service,
            String step,
            PublicStatus status,
            @Nullable RegionCode holder,
            List<DeadlineStatusV1> limits) {
        at = at.plusSeconds(60L + random.nextInt(7200));
        var side = service == ServiceName.TRANSFER_IN ? receiving : sending;
        told.add(new Told(
                Source.of(side, service),
                Topics.PROGRESS,
                new CaseProgressedV1(
                        number,
                        person,
                        sending,
                        receiving,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        step,
                        step,
                        status,
                        holder,
                        at,
                        limits)));
    }

    private void word(EventData data) {
        told.add(new Told(Source.of(sending, ServiceName.TRANSFER_OUT), Topics.DEADLINE, data));
    }

    private static Instant after(LocalDate day) {
        return day(day);
    }

    private static Instant day(LocalDate day) {
        return day.atStartOfDay(BusinessClock.ZONE).toInstant();
    }

    // Two consumers on one database --------------------------------------------------------------------------------

    /** Moves the cases on, several in one transaction, as a batch does; a deadlock is tried again, as the bus does. */
    static void moveAll(RunningRegistry registry, List<RandomCase> cases, Random random) {
        var store = registry.bean(CaseIndexStore.class);
        for (int i = 0; i < 60; i++) {
            int round = i;
            batch(registry, cases, random, one -> {
                var source = Source.of(one.receiving, ServiceName.TRANSFER_IN);
                var step = new CaseProgressedV1(
                        one.number,
                        one.person,
                        one.sending,
                        one.receiving,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        round % 2 == 0 ? "SHEET_RECEIVED" : "SHEET_RETURNED",
                        "X",
                        PublicStatus.IN_PROGRESS,
                        one.receiving,
                        day(one.today.plusDays(1)).plusSeconds(round),
                        List.of());
                store.show(List.of(new ToldStep(step, one.person, source, round)));
            });
        }
    }

    static void warnAll(RunningRegistry registry, List<RandomCase> cases, Random random) {
        var store = registry.bean(CaseIndexStore.class);
        for (int i = 0; i < 60; i++) {
            int round = i;
            batch(
                    registry,
                    cases,
                    random,
                    one -> store.showLimits(List.of(new ToldLimit(
                            one.number,
                            new DeadlineStatusV1(
                                    DeadlineKind.BOOK, one.receiving, one.today.plusDays(round % 9), false, null),
                            day(one.today.plusDays(1)).plusSeconds(round)))));
        }
    }

    private static void batch(
            RunningRegistry registry, List<RandomCase> cases, Random random, Consumer<RandomCase> work) {
        var chosen =
                random.ints(8, 0, cases.size()).distinct().mapToObj(cases::get).toList();
        boolean done = false;
        while (!done) {
            try {
                registry.bean(TransactionTemplate.class).executeWithoutResult(_ -> chosen.forEach(work));
                done = true;
            } catch (TransientDataAccessException e) {
                // Deadlock: somebody else has gone on, so may we.
                done = false;
            }
        }
    }
}
