package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.SeenCases.SeenCase;
import org.jiexu.registry.SeenCases.SeenLimit;
import org.jiexu.registry.postgres.CaseFigureStore;
import org.jiexu.registry.postgres.LimitFigureStore;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.contract.LeftReason;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Every figure that operators see equals a count over the lists that they see, whatever has happened in what order. */
@Tag("R4.7")
class FiguresStory {
    private static final int CASES = 40;
    private static final List<PublicStatus> ENDS =
            List.of(PublicStatus.COMPLETED, PublicStatus.REFUSED, PublicStatus.WITHDRAWN, PublicStatus.DECLINED);

    private final RunningRegistry registry = RunningRegistry.shared();
    private final LocalDate today = registry.bean(BusinessClock.class).today();

    /** Somebody who looks, and what they ask for. */
    private record Looker(String token, String query, Predicate<String> ownRegion) {}

    private List<Looker> lookers() {
        return List.of(
                new Looker(registry.issuer.nationalOperator(), "", _ -> true),
                new Looker(registry.issuer.token("audit", "AUDITOR", Map.of()), "&province=370000", in("37")),
                new Looker(registry.issuer.token("hn", "OPERATOR", Map.of("province", "430000")), "", in("43")),
                new Looker(registry.issuer.nationalOperator(), "&region=330100", in("330100")),
                new Looker(registry.issuer.clerk(CHANGSHA), "", in("430100")));
    }

    private static Predicate<String> in(String beginning) {
        return region -> region.startsWith(beginning);
    }

    @Test
    void everyFigureEqualsACountOverTheListsWhateverTheOrder() {
        var random = new Random(43);
        for (int round = 0; round < 3; round++) {
            var said = new ArrayList<Runnable>();
            for (int i = 0; i < CASES; i++) {
                said.addAll(RandomCase.in(registry, random, today).events());
            }
            for (var end : ENDS) {
                said.addAll(RandomCase.endingToday(registry, random, today, end).events());
            }
            Collections.shuffle(said, random);
            said.forEach(Runnable::run);
            said.stream().limit(CASES).forEach(Runnable::run);
            registry.awaitRead(Topics.PROGRESS);
            registry.awaitRead(Topics.DEADLINE);
            for (var looker : lookers()) {
                compare(looker);
            }
        }
    }

    @Test
    void foldingAndCountingAnewChangeNoFigure() {
        RandomCase.in(registry, new Random(13), today).events().forEach(Runnable::run);
        registry.awaitRead(Topics.PROGRESS);
        var before = answers();
        registry.await().until(() -> notes() == 0);
        var folded = figures();

        registry.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            registry.bean(CaseFigureStore.class).recount();
            registry.bean(LimitFigureStore.class).recount();
        });

        assertThat(figures()).isEqualTo(folded);
        assertThat(answers()).isEqualTo(before);
    }

    @Test
    void twoConsumersThatWorkOnTheSameCasesCountNothingTwice() {
        var random = new Random(7);
        var cases = Stream.generate(() -> RandomCase.in(registry, random, today))
                .limit(20)
                .toList();
        var steps = CompletableFuture.runAsync(() -> RandomCase.moveAll(registry, cases, new Random(1)));
        var words = CompletableFuture.runAsync(() -> RandomCase.warnAll(registry, cases, new Random(2)));
        CompletableFuture.allOf(steps, words).join();
        registry.await().until(() -> notes() == 0);
        var kept = figures();
        registry.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            registry.bean(CaseFigureStore.class).recount();
            registry.bean(LimitFigureStore.class).recount();
        });

        assertThat(figures()).isEqualTo(kept);
        // Nobody has said these on a topic.
        for (var table : List.of("case_deadline", "case_index")) {
            registry.jdbc()
                    .sql("delete from " + table + " where number in (:numbers)")
                    .param(
                            "numbers",
                            cases.stream().map(one -> one.number().value()).toList())
                    .update();
        }
    }

    @Test
    void whatIsRebuiltFromTheTopicsIsTheSame() {
        var random = new Random(21);
        for (int i = 0; i < 10; i++) {
            RandomCase.in(registry, random, today).events().forEach(Runnable::run);
        }
        registry.awaitRead(Topics.PROGRESS);
        registry.awaitRead(Topics.DEADLINE);
        registry.await().until(() -> notes() == 0);
        leavesMoneyBehind();
        var before = projections();
        registry.jdbc().sql("update left_balance set amount = 1, change = 1000").update();
        var path = "/api/v1/operations/projections/rebuild";
        registry.jdbc()
                .sql("update case_index set step = 'LOST', employer = null where number in (select number from"
                        + " case_index limit 3)")
                .update();

        var started = registry.create(registry.issuer.nationalOperator(), path, "rebuild-1", "");
        registry.await()
                .until(() -> registry.get(registry.issuer.nationalOperator(), path)
                        .body()
                        .path("state")
                        .asString()
                        .equals("DONE"));
        var done = registry.get(registry.issuer.nationalOperator(), path).body();

        assertThat(started.status()).isEqualTo(202);
        assertThat(done.path("read").asLong()).isEqualTo(done.path("all").asLong());
        assertThat(done.path("casesChanged").asLong()).isEqualTo(6);
        var after = projections();
        assertThat(List.of(without(before, after), without(after, before))).isEqualTo(List.of(List.of(), List.of()));
        assertThat(after).hasSameSizeAs(before);
        assertThat(registry.create(
                                registry.issuer.token("hn", "OPERATOR", Map.of("province", "430000")),
                                path,
                                "rebuild-2",
                                "")
                        .status())
                .isEqualTo(403);
    }

    /** R2.10: what stays is told on its region's participation topic. */
    private void leavesMoneyBehind() {
        var person = new PersonId(registry.aMover(registry.certificate(), "白望舒"));
        registry.say(
                Source.of(RunningRegistry.JINING, ServiceName.SETTLEMENT),
                Topics.participation(RunningRegistry.JINING),
                RunningRegistry.JINING.value(),
                person.value(),
                new AccountLeftV1(
                        person,
                        RunningRegistry.JINING,
                        Fen.parse("12.00"),
                        1,
                        LeftReason.CREDITED,
                        false,
                        RunningRegistry.START,
                        null,
                        null));
        registry.awaitRead(Topics.participation(RunningRegistry.JINING));
    }

    private static List<String> without(List<String> rows, List<String> others) {
        var known = Set.copyOf(others);
        return rows.stream().filter(row -> !known.contains(row)).toList();
    }

    private List<String> projections() {
        return Stream.of("case_index", "case_step", "case_deadline", "case_figure", "limit_figure", "left_balance")
                .flatMap(table -> registry.dump(table).stream())
                .toList();
    }

    @Test
    void changesAreToldWhileOneLooks() {
        var lines = registry.stream(registry.issuer.nationalOperator(), "/api/v1/operations/events/stream");

        assertThat(lines.next()).isEqualTo("retry: 2000");
        RandomCase.in(registry, new Random(5), today).events().forEach(Runnable::run);
        registry.await().until(() -> lines.next().startsWith("data: {\"topics\":[\"cases\""));
    }

    @Test
    void whatLiesOutsideOnesProvinceOrRegionDoesNotExist() {
        var hunan = registry.issuer.token("hn", "OPERATOR", Map.of("province", "430000"));
        for (var path :
                List.of("overview", "deadlines/summary", "deadlines", "deadlines/missed", "deadlines/on-time")) {
            var url = "/api/v1/operations/" + path;
            assertThat(registry.get(hunan, url + "?province=370000").status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(registry.get(hunan, url + "?region=370800").status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(registry.get(registry.issuer.clerk(HANGZHOU), url + "?region=430100")
                            .status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(registry.get(registry.issuer.person(new PersonId("P0000STRANGER")), url)
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
        for (var bad : List.of("daysLeft=11", "stage=x", "after=x", "province=43", "state=LOST", "kind=NONE")) {
            assertThat(registry.get(hunan, "/api/v1/operations/deadlines?" + bad)
                            .status())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void aCaseIsShownWithItsStepsAndLimits() {
        var one = RandomCase.in(registry, new Random(99), today);
        one.events().forEach(Runnable::run);
        registry.awaitRead(Topics.PROGRESS);
        registry.awaitRead(Topics.DEADLINE);
        var detail = registry.get(registry.issuer.nationalOperator(), "/api/v1/operations/cases/" + one.number())
                .body();

        assertThat(detail.at("/case/number").asString()).isEqualTo(one.number().value());
        assertThat(detail.path("steps")
                        .valueStream()
                        .map(step -> step.path("step").asString()))
                .containsExactlyElementsOf(one.steps());
        assertThat(detail.path("deadlines")
                        .valueStream()
                        .map(limit -> limit.path("kind").asString()))
                .contains("ISSUE", "PROMISE");
        assertThat(registry.get(registry.issuer.clerk(one.elsewhere()), "/api/v1/operations/cases/" + one.number())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theExportIsTheListWithALineThatSaysWhoTookIt() {
        var one = RandomCase.in(registry, new Random(98), today);
        one.events().forEach(Runnable::run);
        registry.awaitRead(Topics.PROGRESS);
        var file = registry.text(registry.issuer.nationalOperator(), "/api/v1/operations/cases.csv?q=" + one.number());

        assertThat(file).startsWith("\uFEFF# 导出人 operator，时间 ");
        assertThat(file.lines().toList())
                .hasSize(3)
                .last()
                .asString()
                .startsWith(one.number().value() + ",");
    }

    private void compare(Looker looker) {
        var seen = new SeenCases(registry, looker.token(), looker.query());
        var cases = seen.cases();
        var limits = seen.limits();
        var overview = get(looker, "overview?");
        var open = cases.stream().filter(SeenCase::isOpen).toList();

        assertThat(overview.path("open").asLong()).isEqualTo(open.size());
        assertThat(counts(overview.path("byStatus"), "status")).isEqualTo(count(cases, SeenCase::status));
        assertThat(counts(overview.path("flow"), "step", "holderSide"))
                .isEqualTo(count(open, one -> one.step() + " " + one.side()));
        assertThat(counts(overview.path("ageing"), "upToDays")).isEqualTo(ages(open));
        assertThat(overview.path("throughput")
                        .valueStream()
                        .mapToLong(day -> day.path("accepted").asLong())
                        .sum())
                .isEqualTo(
                        cases.stream().filter(one -> isRecent(one.acceptedOn())).count());
        assertThat(overview.path("throughput")
                        .valueStream()
                        .mapToLong(day -> day.path("completed").asLong())
                        .sum())
                .isEqualTo(cases.stream()
                        .filter(one -> one.status().equals("COMPLETED") && isRecent(one.endedOn()))
                        .count());
        assertThat(today(overview)).isEqualTo(today(cases));
        var pairs = new TreeMap<String, Long>();
        overview.path("matrix")
                .valueStream()
                .forEach(pair -> pairs.put(
                        pair.path("sending").asString() + " "
                                + pair.path("receiving").asString(),
                        pair.path("open").asLong()));
        assertThat(pairs).isEqualTo(count(open, one -> one.sending() + " " + one.receiving()));
        assertThat(overview.at("/oldest/since").asString(""))
                .isEqualTo(open.stream()
                        .map(SeenCase::firstAt)
                        .min(String::compareTo)
                        .orElse(""));
        compareLimits(looker, limits, overview.path("deadlines"));
    }

    private static Map<String, Long> today(JsonNode overview) {
        var figures = new TreeMap<String, Long>();
        overview.path("today")
                .properties()
                .forEach(one -> figures.put(one.getKey(), one.getValue().asLong()));
        return figures;
    }

    private Map<String, Long> today(List<SeenCase> cases) {
        var figures = new TreeMap<String, Long>();
        figures.put("submitted", number(cases, one -> one.firstOn().equals(today)));
        figures.put("accepted", number(cases, one -> one.acceptedOn().equals(today)));
        for (var end : ENDS) {
            figures.put(
                    end.name().toLowerCase(Locale.ROOT),
                    number(
                            cases,
                            one -> one.status().equals(end.name())
                                    && one.endedOn().equals(today)));
        }
        return figures;
    }

    private void compareLimits(Looker looker, List<SeenLimit> limits, JsonNode totals) {
        assertThat(limits).allMatch(limit -> looker.ownRegion().test(limit.region()));
        assertThat(totals.path("open").asLong()).isEqualTo(limits.size());
        assertThat(totals.path("overdue").asLong())
                .isEqualTo(number(limits, limit -> limit.dueOn().isBefore(today)));
        assertThat(totals.path("dueToday").asLong())
                .isEqualTo(number(limits, limit -> limit.dueOn().equals(today)));
        assertThat(totals.path("atRisk").asLong())
                .as("%s of %s", today, limits.stream().filter(this::isAtRisk).toList())
                .isEqualTo(number(limits, this::isAtRisk));
        assertThat(totals.path("escalated").asLong()).isEqualTo(number(limits, SeenLimit::escalated));
        assertThat(totals.path("paused").asLong()).isEqualTo(number(limits, SeenLimit::paused));
        assertThat(totals.path("provisional").asLong()).isEqualTo(number(limits, SeenLimit::provisional));
        assertThat(counts(get(looker, "deadlines/summary?").path("cells"), "region", "kind", "stage", "daysLeft"))
                .isEqualTo(count(
                        limits,
                        limit -> String.join(" ", limit.region(), limit.kind(), limit.step(), daysLeft(limit))));
        for (var state : List.of("AT_RISK", "MISSED", "ESCALATED", "PAUSED", "PROVISIONAL")) {
            var name = state.equals("MISSED")
                    ? "overdue"
                    : state.equals("AT_RISK") ? "atRisk" : state.toLowerCase(Locale.ROOT);
            assertThat(new SeenCases(registry, looker.token(), looker.query() + "&state=" + state).limits())
                    .as(state)
                    .hasSize(totals.path(name).asInt());
        }
        for (var left : List.of("-1", "0", "3", "LATER")) {
            assertThat(new SeenCases(registry, looker.token(), looker.query() + "&daysLeft=" + left).limits())
                    .as(left)
                    .hasSize((int) number(limits, limit -> daysLeft(limit).equals(left.equals("LATER") ? "" : left)));
        }
    }

    /** Counted by hand, also from a promised day that is none on which anybody works. */
    private boolean isAtRisk(SeenLimit limit) {
        var calendar = registry.bean(Directory.class).workingDays(new RegionCode(limit.region()));
        var day = limit.promisedOn();
        for (int left = warnedFrom(limit) - 1; left > 0; ) {
            day = day.minusDays(1);
            left -= calendar.isWorking(day) ? 1 : 0;
        }
        return !limit.paused() && !limit.dueOn().isBefore(today) && !today.isBefore(day);
    }

    private int warnedFrom(SeenLimit limit) {
        return registry
                .bean(Policies.class)
                .numbers(Policies.WARN_WORKING_DAYS, new RegionCode(limit.region()))
                .stream()
                .max(Integer::compare)
                .orElseThrow();
    }

    private static String daysLeft(SeenLimit limit) {
        return limit.workingDaysLeft() < 0 ? "-1" : limit.workingDaysLeft() > 10 ? "" : "" + limit.workingDaysLeft();
    }

    private boolean isRecent(LocalDate day) {
        return day.isAfter(today.minusDays(30)) && !day.isAfter(today);
    }

    private Map<String, Long> ages(List<SeenCase> open) {
        var ages = new TreeMap<String, Long>(Map.of("5", 0L, "10", 0L, "15", 0L, "30", 0L, "60", 0L, "", 0L));
        open.forEach(one -> {
            long age = ChronoUnit.DAYS.between(one.firstOn(), today);
            var upTo = Stream.of(5, 10, 15, 30, 60).filter(most -> age <= most).findFirst();
            ages.merge(upTo.map(String::valueOf).orElse(""), 1L, Long::sum);
        });
        return ages;
    }

    private static <T> long number(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).count();
    }

    private static <T> Map<String, Long> count(List<T> all, Function<T, String> by) {
        return all.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }

    private static Map<String, Long> counts(JsonNode list, String... names) {
        var counts = new TreeMap<String, Long>();
        list.valueStream().forEach(one -> {
            var key = Stream.of(names).map(name -> one.path(name).asString("")).collect(Collectors.joining(" "));
            counts.merge(key, one.path("count").asLong(), Long::sum);
        });
        return counts;
    }

    private JsonNode get(Looker looker, String path) {
        return registry.get(looker.token(), "/api/v1/operations/" + path + looker.query())
                .body();
    }

    private List<String> answers() {
        return lookers().stream()
                .flatMap(looker -> Stream.of("overview?", "deadlines/summary?").map(path -> get(looker, path)))
                .map(answer -> answer.toString().replaceAll("\"(asOf|businessTime)\":\"[^\"]*\",?", ""))
                .toList();
    }

    private List<String> figures() {
        return Stream.of("case_figure", "limit_figure")
                .flatMap(table -> registry.dump(table).stream())
                .toList();
    }

    private long notes() {
        return registry.jdbc()
                .sql("select (select count(*) from case_note) + (select count(*) from limit_figure_note)")
                .query(Long.class)
                .single();
    }
}
