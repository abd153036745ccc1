package org.jiexu.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jiexu.registry.postgres.CaseIndexStore.ToldLimit;
import org.jiexu.registry.postgres.CaseIndexStore.ToldStep;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** However the steps, limits and warnings of some cases are cut into batches, and in whatever order: the same rows. */
class ToldTogetherTest {
    private static final RegionCode OLD = new RegionCode("430100");
    private static final RegionCode NEW = new RegionCode("430200");
    private static final LocalDate START = LocalDate.of(2026, 9, 14);

    private static JdbcClient jdbc;
    private static CaseIndexStore store;

    /** What is told of a case at one moment: a step with its limits, or a warning. */
    private sealed interface Told {
        record Step(ToldStep step) implements Told {}

        record Warning(CaseNumber number, DeadlineWarnedV1 warned) implements Told {}
    }

    @BeforeAll
    static void open() throws SQLException {
        jdbc = JdbcClient.create(new SingleConnectionDataSource(
                EmptyRegistry.database("together").getConnection(), true));
        store = new CaseIndexStore(jdbc);
    }

    @Test
    void leaveTheSameRowsAsOneByOneInTheOrderOfTheirMoments() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var told = story(random);

            told.forEach(one -> write(List.of(one)));
            var oneByOne = rows();
            Collections.shuffle(told, random);
            for (int from = 0; from < told.size(); ) {
                int to = Math.min(told.size(), from + 1 + random.nextInt(6));
                write(told.subList(from, to));
                from = to;
            }

            assertThat(rows()).as("seed %d: %s", seed, told).isEqualTo(oneByOne);
        }
    }

    /** It was written anew with every later step, for nobody. */
    @Test
    void aLimitThatHasEndedIsLeftAloneWhileItsCaseGoesOn() {
        var number = number(new Random(1));
        var at = START.atStartOfDay().toInstant(ZoneOffset.ofHours(8));
        write(List.of(
                new Told.Step(step(number, "ACCEPTED", at, limit(DeadlineKind.PROMISE, null))),
                new Told.Step(step(number, "SHEET_RECEIVED", at.plusSeconds(1), limit(DeadlineKind.BOOK, at)))));
        var ended = jdbc.sql("select xmin::text from case_deadline where kind = 'BOOK'")
                .query(String.class)
                .single();

        write(List.of(new Told.Step(step(number, "SHEET_RETURNED", at.plusSeconds(2)))));

        assertThat(jdbc.sql("select xmin::text from case_deadline where kind = 'BOOK'")
                        .query(String.class)
                        .single())
                .isEqualTo(ended);
        assertThat(jdbc.sql("select kind || ' ' || is_open || ' ' || coalesce(stage, '-') from case_deadline order"
                                + " by 1")
                        .query(String.class)
                        .list())
                .containsExactly("BOOK false -", "PROMISE true SHEET_RETURNED");
        rows();
    }

    private static DeadlineStatusV1 limit(DeadlineKind kind, @Nullable Instant metAt) {
        return new DeadlineStatusV1(kind, NEW, START.plusDays(20), false, metAt, START, 5, null, null, null, null);
    }

    private static ToldStep step(CaseNumber number, String step, Instant at, DeadlineStatusV1... limits) {
        return new ToldStep(
                new CaseProgressedV1(
                        number,
                        new PersonId("P000000000001"),
                        OLD,
                        NEW,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        step,
                        "S",
                        PublicStatus.IN_PROGRESS,
                        NEW,
                        at,
                        List.of(limits)),
                new PersonId("P000000000001"),
                Source.of(NEW, ServiceName.TRANSFER_IN),
                at.getEpochSecond());
    }

    /** As the registry does with one batch: warnings at once, steps and their limits at its end. */
    private static void write(List<Told> batch) {
        var steps = new ArrayList<ToldStep>();
        for (var told : batch) {
            switch (told) {
                case Told.Step(var step) -> steps.add(step);
                case Told.Warning(var number, var warned) -> store.warn(number, warned);
            }
        }
        if (!steps.isEmpty()) {
            store.show(steps);
            store.showLimits(steps.stream()
                    .flatMap(step -> step.told().deadlines().stream()
                            .map(limit -> new ToldLimit(
                                    step.told().number(), limit, step.told().at())))
                    .toList());
        }
    }

    private static List<Told> story(Random random) {
        var told = new ArrayList<Told>();
        var numbers = List.of(number(random), number(random), number(random));
        for (int day = 0; day < 12; day++) {
            var number = numbers.get(random.nextInt(numbers.size()));
            var at = START.plusDays(day).atStartOfDay().toInstant(ZoneOffset.ofHours(8));
            if (random.nextInt(4) == 0) {
                told.add(new Told.Warning(
                        number, new DeadlineWarnedV1(DeadlineKind.BOOK, NEW, START.plusDays(20), 20 - day, at)));
            } else {
                told.add(new Told.Step(step(random, number, day, at.plusSeconds(3_600))));
            }
        }
        return told;
    }

    private static ToldStep step(Random random, CaseNumber number, int day, Instant at) {
        boolean end = random.nextInt(5) == 0;
        var limits = random.nextInt(3) == 0
                ? List.<DeadlineStatusV1>of()
                : List.of(new DeadlineStatusV1(
                        DeadlineKind.BOOK,
                        NEW,
                        START.plusDays(20L + day),
                        random.nextBoolean(),
                        end ? at : null,
                        // Anew after a returned sheet: the later telling has the later beginning.
                        START.plusDays(day - day % 4),
                        5,
                        null,
                        null,
                        null,
                        null));
        return new ToldStep(
                new CaseProgressedV1(
                        number,
                        new PersonId("P000000000001"),
                        OLD,
                        NEW,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        end ? "COMPLETED" : random.nextBoolean() ? "ACCEPTED" : "SHEET_RECEIVED",
                        "S" + random.nextInt(9),
                        end ? PublicStatus.COMPLETED : PublicStatus.IN_PROGRESS,
                        random.nextBoolean() ? NEW : null,
                        at,
                        limits,
                        null,
                        random.nextInt(3) == 0 ? "91430200MA4L16JQ9B" : null),
                new PersonId("P000000000001"),
                Source.of(random.nextBoolean() ? OLD : NEW, ServiceName.TRANSFER_IN),
                day);
    }

    private static CaseNumber number(Random random) {
        return CaseNumber.random(NEW, 2026, random);
    }

    /** All rows of both tables, which are empty again afterwards. */
    private static List<String> rows() {
        var rows = new ArrayList<String>();
        for (var table : List.of("case_index", "case_deadline")) {
            rows.addAll(jdbc.sql("with gone as (delete from " + table
                            + " returning *) select g::text from gone g order by 1")
                    .query(String.class)
                    .list());
        }
        return rows;
    }
}
