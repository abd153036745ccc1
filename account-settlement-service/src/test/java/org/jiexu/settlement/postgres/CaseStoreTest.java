package org.jiexu.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.ArrivalId;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.ReceivingCase.Arrival;
import org.jiexu.settlement.domain.ReceivingCase.Order;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.SendingCase.State;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class CaseStoreTest {
    private static final RegionCode A = new RegionCode("370800");
    private static final RegionCode B = new RegionCode("430100");
    private static final CaseNumber NUMBER = CaseNumber.random(B, 2026, new Random(1));
    private static final CaseNumber OTHER = CaseNumber.random(B, 2026, new Random(2));
    private static final SendingCase.Subject AT = new SendingCase.Subject(A, NUMBER);
    private static final PersonId PERSON = new PersonId("P000000000001");
    private static final Fen AMOUNT = Fen.parse("100.00");
    private static final Instant NOW = Instant.parse("2026-09-14T01:00:00Z");

    private TestDatabase database;
    private CaseStore store;

    @BeforeEach
    void open() {
        database = new TestDatabase();
        store = new CaseStore(database.jdbc);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyStateOfTheOldRegionComesBackAsItWent() {
        assertThat(store.lock(AT)).isEqualTo(new State.None());
        for (State state : List.of(
                new State.Empty(),
                new State.Refused(2),
                new State.Held(PERSON, AMOUNT, 1),
                new State.Kept(PERSON, AMOUNT),
                new State.PaidOut(PERSON, AMOUNT),
                new State.Remitted(PERSON, AMOUNT, 2, Route.TRANSIT),
                new State.Remitted(PERSON, AMOUNT, 2, Route.CLEARING),
                new State.Settled(PERSON, AMOUNT, 2),
                new State.Released(1),
                new State.Home(PERSON, AMOUNT, 2))) {
            store.save(AT, state, NOW);

            assertThat(store.lock(AT)).isEqualTo(state);
        }
    }

    @Test
    void everyOrderAndPlaceOfTheReceivingRegionComesBackAsItWent() {
        var before = ReceivingCase.unknown(NUMBER);
        assertThat(store.lock(NUMBER)).isEqualTo(before);
        for (Order order : List.of(
                new Order.None(),
                new Order.Due(PERSON, AMOUNT),
                new Order.Due(PERSON, AMOUNT, A),
                new Order.NotDue(NotDueReason.DECLINED),
                new Order.NotDue(NotDueReason.DECLINED, A),
                new Order.Paid(PERSON, AMOUNT, A),
                new Order.Paid(PERSON, AMOUNT))) {
            for (Place place : List.of(
                    new Place.Here(),
                    new Place.Suspended(SuspenseReason.AMOUNT),
                    new Place.SentBack(),
                    new Place.Matched(OTHER),
                    new Place.Credited())) {
                var now = receivingCase(order, Route.CLEARING, place);
                store.save(before, now, NOW);

                assertThat(store.lock(NUMBER)).isEqualTo(now);
                before = now;
            }
        }
    }

    @Test
    void whoBeginsACaseOfTheOldRegionIsWaitedFor() throws Exception {
        var locked = new CountDownLatch(1);
        var first = CompletableFuture.runAsync(() -> database.transaction.executeWithoutResult(_ -> {
            store.lock(AT);
            locked.countDown();
            // The other one waits, or would have seen nothing by now.
            await().until(() -> database.number("select count(*) from pg_locks where not granted") > 0);
            store.save(AT, new State.Refused(2), NOW);
        }));
        locked.await();

        var second = database.transaction.execute(_ -> store.lock(AT));
        first.join();

        assertThat(second).isEqualTo(new State.Refused(2));
    }

    @Test
    void noSecondCreditEvenIfAllElseFails() {
        var arrivals = new TreeMap<>(Map.of(
                new ArrivalId(A, 1), new Arrival(1, A, AMOUNT, new Place.Credited()),
                new ArrivalId(B, 1), new Arrival(1, B, AMOUNT, new Place.Credited())));
        var twice = new ReceivingCase(NUMBER, new Order.Paid(PERSON, AMOUNT), arrivals);

        assertThatThrownBy(() -> store.save(ReceivingCase.unknown(NUMBER), twice, NOW))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aCaseIsPaidOnceByItsOwnMoneyOrByAMatchedOne() {
        var own = new TreeMap<>(Map.of(new ArrivalId(A, 1), new Arrival(1, A, AMOUNT, new Place.Credited())));
        store.save(ReceivingCase.unknown(NUMBER), new ReceivingCase(NUMBER, new Order.Paid(PERSON, AMOUNT), own), NOW);
        var matched = new TreeMap<>(Map.of(new ArrivalId(A, 1), new Arrival(1, A, AMOUNT, new Place.Matched(NUMBER))));

        assertThatThrownBy(() -> store.save(
                        ReceivingCase.unknown(OTHER), new ReceivingCase(OTHER, new Order.None(), matched), NOW))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void casesWithMoneyKeptForAPersonAreFoundByTheAccount() {
        var account = new AccountKey.Personal(A, PERSON);
        assertThat(store.lockKept(account)).isEmpty();

        store.save(AT, new State.Kept(PERSON, AMOUNT), NOW);
        assertThat(store.lockKept(account)).containsExactly(NUMBER);

        store.save(AT, new State.PaidOut(PERSON, AMOUNT), NOW);
        assertThat(store.lockKept(account)).isEmpty();
    }

    private static ReceivingCase receivingCase(Order order, Route route, Place place) {
        return new ReceivingCase(
                NUMBER, order, new TreeMap<>(Map.of(new ArrivalId(A, 1), new Arrival(1, A, AMOUNT, route, place))));
    }
}
