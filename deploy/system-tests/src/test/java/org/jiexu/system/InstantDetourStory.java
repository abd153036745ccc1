package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 省内即时转移 where it is not straight: everybody at once, records that conflict, a service away, another province's practice. */
@Tag("R6.1")
@OnSharedPlatform
class InstantDetourStory {
    private static final int PERSONS = 12;
    private static final int WITHIN_MILLIS = 700;
    private static final List<String> ENDS = List.of("COMPLETED", "WITHDRAWN", "DECLINED");

    private final Sandbox sandbox = Platform.shared();
    private final InstantPeople people = new InstantPeople(sandbox);

    /**
     * ADR 0009. Each person is enrolled in all three regions of 湖南 within a second, in 株洲 by two clerks, each time in an
     * order and at moments of its own.
     */
    @Test
    @Tag("R11.2")
    @Tag("R11.3")
    void enrolledEverywhereWithinASecondTheBalanceIsInOnePlaceAndNoCaseHangs() throws Exception {
        var persons = people.leavers(PERSONS, SampleRegion.CHANGSHA);
        var before = persons.stream()
                .map(person -> Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person))
                .toList();

        enrolEverywhere(persons);
        for (int i = 0; i < PERSONS; i++) {
            var person = persons.get(i);
            long all = before.get(i);
            await().atMost(Cases.PATIENCE).untilAsserted(() -> {
                assertThat(people.balances(person).values()).containsExactly(all);
                assertThat(people.incoming(person)).allMatch(ENDS::contains);
            });
        }

        Cases.isQuiet(sandbox);
        Cases.booksAreInOrder(sandbox);
        assertThat(new Evidence(sandbox)
                        .query(
                                "settlement",
                                "select owner from account where kind = 'CLEARING' and owner like '43%'"
                                        + " group by owner having sum(balance) <> 0"))
                .isEmpty();
    }

    private void enrolEverywhere(List<SamplePerson> persons) throws Exception {
        var calls = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newScheduledThreadPool(PERSONS)) {
            for (int seed = 0; seed < PERSONS; seed++) {
                var person = persons.get(seed);
                var random = new Random(seed);
                var desks = new ArrayList<>(List.of(
                        SampleRegion.ZHUZHOU, SampleRegion.ZHUZHOU, SampleRegion.XIANGTAN, SampleRegion.CHANGSHA));
                Collections.shuffle(desks, random);
                // Every third at one and the same moment.
                int within = seed % 3 == 0 ? 1 : WITHIN_MILLIS;
                for (var desk : desks) {
                    calls.add(threads.schedule(
                            () -> people.tryToEnrol(person, desk).status(),
                            random.nextInt(within),
                            TimeUnit.MILLISECONDS));
                }
            }
            for (var call : calls) {
                // Reserved at that moment is the only answer that is not yes.
                assertThat(call.get()).isIn(200, 409);
            }
        }
    }

    /** No sheet can be made of such records: the case waits with the old region, within its limit, and goes on by itself. */
    @Test
    @Tag("R6.6")
    void recordsThatConflictGoTheOrdinaryWayAndAreAtOnceAgainWhenTheyAreCorrected() {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        registry("insert into inherited_row (person, region, scheme, origin, no, first_month, last_month, sheet_scheme,"
                + " months, agency_name, agency_region) values ('" + person.person()
                + "', '430100', '310', 'conflict', 1, '2003-01-01', '2003-06-01', '1', 9, '某地医保中心', '430100')");

        people.enrol(person, SampleRegion.ZHUZHOU);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(sheetError(person)).isNotEmpty().doesNotContain("null"));
        assertThat(people.outgoing(person)).containsExactly("HELD");
        var number = people.number(person);
        assertThat(openLimits(number)).containsExactly("ISSUE");
        assertThat(people.balances(person)).isEqualTo(Map.of("430100", before));
        // R10.1: the person sees that it is accepted and with whom it is.
        assertThat(people.statuses(person)).containsExactly("ACCEPTED");

        registry("delete from inherited_row where origin = 'conflict' and person = '" + person.person() + "'");

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430200", before)));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.incoming(person)).containsExactly("COMPLETED"));
    }

    private List<String> sheetError(SamplePerson person) {
        return new Evidence(sandbox)
                .query(
                        "transfer_out",
                        "select sheet_error from outgoing_case where person = '" + person.person() + "'");
    }

    private List<String> openLimits(String number) {
        return new Evidence(sandbox)
                .query(
                        "transfer_out",
                        "select kind from deadline where status = 'OPEN' and case_key = '" + number + "'");
    }

    private void registry(String sql) {
        assertThat(new Evidence(sandbox).update("registry", sql)).isEqualTo(1);
    }

    @Test
    @Tag("R6.6")
    void theMoneysSideMayBeDownAndTheCaseWaitsVisiblyAndGoesOn() {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);

        sandbox.services().stop("settlement");
        people.enrol(person, SampleRegion.XIANGTAN);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.outgoing(person)).containsExactly("HOLDING"));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.statuses(person)).containsExactly("ACCEPTED"));
        var number = people.number(person);
        assertThat(openLimits(number)).containsExactly("ISSUE");
        sandbox.services().start("settlement");

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430300", before)));
    }

    /** Rulebook 13: what a province does with the account is a setting with a day, not code. 长沙 tries three on three days. */
    @Test
    @Tag("R2.10")
    @Tag("R13.1")
    void theBalanceIsPaidBackWhereThatIsThePracticeAndStaysWhereThatIs() {
        var today = people.today();
        people.policy("430100", "instant.account", "PAID_OUT", today.toString());
        people.policy("430100", "instant.account", "STAYS", today.plusDays(1).toString());
        people.policy("430100", "instant.account", "MOVES", today.plusDays(2).toString());
        people.policiesAreRead();
        await().atMost(Cases.PATIENCE)
                .until(() -> people.directory("430100", "instant.account").size() == 3);

        // 河北: paid back to the person.
        var hebei = people.leaver(SampleRegion.ZHUZHOU);
        long paid = Cases.balance(sandbox, SampleRegion.ZHUZHOU.code(), hebei);
        people.enrol(hebei, SampleRegion.CHANGSHA);
        ends(hebei, Map.of());
        assertThat(new Evidence(sandbox)
                        .query(
                                "settlement",
                                "select l.amount::text from posting p join posting_line l on l.posting = p.id"
                                        + " join account a on a.id = l.account where p.business_key = 'payout:"
                                        + people.mine(hebei)
                                                .getFirst()
                                                .path("number")
                                                .asString()
                                        + "' and a.kind = 'PAID_OUT'"))
                .containsExactly(String.valueOf(paid));

        // 广东: the record moves, the account stays where it is and usable.
        people.moveClock(today.plusDays(1));
        var guangdong = people.leaver(SampleRegion.ZHUZHOU);
        long stays = Cases.balance(sandbox, SampleRegion.ZHUZHOU.code(), guangdong);
        people.enrol(guangdong, SampleRegion.CHANGSHA);
        ends(guangdong, Map.of("430200", stays));

        // 湖南 again.
        people.moveClock(today.plusDays(2));
        var hunan = people.leaver(SampleRegion.ZHUZHOU);
        long moves = Cases.balance(sandbox, SampleRegion.ZHUZHOU.code(), hunan);
        people.enrol(hunan, SampleRegion.CHANGSHA);
        ends(hunan, Map.of("430100", moves));
        Cases.isQuiet(sandbox);
        Cases.booksAreInOrder(sandbox);
    }

    /** Completed, the months here, and the money where it is said to be. */
    private void ends(SamplePerson person, Map<String, Long> balances) {
        await().atMost(Cases.PATIENCE).untilAsserted(() -> {
            assertThat(people.incoming(person)).containsExactly("COMPLETED");
            assertThat(people.balances(person)).isEqualTo(balances);
            assertThat(new Evidence(sandbox)
                            .query(
                                    "registry",
                                    "select region || ' ' || status from participation where scheme = '310' and person"
                                            + " = '"
                                            + person.person() + "' order by 1"))
                    .containsExactly("430100 1", "430200 4");
            assertThat(new Evidence(sandbox)
                            .query(
                                    "registry",
                                    "select count(*)::text from inherited_row where region = '430100' and person = '"
                                            + person.person() + "'"))
                    .doesNotContain("0");
        });
    }
}
