package org.jiexu.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jiexu.settlement.domain.ArrivalId;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.ReceivingCase.Arrival;
import org.jiexu.settlement.domain.ReceivingCase.Order;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.postgres.SlipStore.Slip;
import org.jiexu.settlement.postgres.SuspenseStore.MatchStep;
import org.jiexu.settlement.postgres.SuspenseStore.OpenOrder;
import org.jiexu.settlement.postgres.SuspenseStore.SendBackStep;
import org.jiexu.settlement.postgres.SuspenseStore.SuspenseItem;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What people do with money in suspense, and the slips on which some of it came, on real PostgreSQL. */
class SuspenseStoreTest {
    private static final RegionCode A = new RegionCode("370800");
    private static final RegionCode B = new RegionCode("430100");
    private static final RegionCode C = new RegionCode("330100");
    private static final ArrivalId ID = new ArrivalId(A, 1);
    private static final CaseNumber NUMBER = CaseNumber.random(B, 2026, new Random(1));
    private static final CaseNumber OTHER = CaseNumber.random(B, 2026, new Random(2));
    private static final RemittanceNumber RN = new RemittanceNumber(NUMBER, 1);
    private static final PersonId PERSON = new PersonId("P000000000001");
    private static final Fen AMOUNT = Fen.parse("100.00");
    private static final Instant NOW = Instant.parse("2026-09-14T01:00:00Z");

    private TestDatabase database;
    private CaseStore cases;
    private SuspenseStore store;
    private SlipStore slips;

    @BeforeEach
    void open() {
        database = new TestDatabase();
        cases = new CaseStore(database.jdbc);
        store = new SuspenseStore(database.jdbc);
        slips = new SlipStore(database.jdbc);
        var arrival = new Arrival(1, A, AMOUNT, Route.BANK, new Place.Suspended(SuspenseReason.AMOUNT));
        cases.save(
                ReceivingCase.unknown(NUMBER),
                new ReceivingCase(
                        NUMBER, new Order.Due(PERSON, Fen.parse("99.00"), A), new TreeMap<>(Map.of(ID, arrival))),
                NOW);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void suspenseIsListedInPagesUntilItIsSentBackByTwo() {
        assertThat(store.suspense(B, "", 0, "", 10)).containsExactly(item(Optional.empty(), Optional.empty()));
        assertThat(store.suspense(B, NUMBER.value(), 1, "", 10)).hasSize(1);
        assertThat(store.suspense(B, NUMBER.value(), 1, A.value(), 10)).isEmpty();
        assertThat(store.suspense(A, "", 0, "", 10)).isEmpty();

        store.prepareSendBack(NUMBER, ID, "clerk", NOW);
        store.prepareSendBack(NUMBER, ID, "another", NOW);
        var prepared = new SendBackStep("PREPARED", "clerk", NOW);
        assertThat(store.sendBack(NUMBER, ID)).contains(prepared);
        assertThat(store.suspense(B, "", 0, "", 10)).containsExactly(item(Optional.of(prepared), Optional.empty()));
        assertThatThrownBy(() -> store.approveSendBack(NUMBER, ID, "clerk", NOW))
                .isInstanceOf(DataIntegrityViolationException.class);
        store.approveSendBack(NUMBER, ID, "reviewer", NOW);
        assertThat(store.sendBack(NUMBER, ID)).map(SendBackStep::isDone).contains(true);
        assertThatThrownBy(() -> store.approveSendBack(NUMBER, ID, "reviewer", NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theLastClerksMatchStandsUntilAnotherPersonApprovesIt() {
        var third = CaseNumber.random(B, 2026, new Random(3));
        store.prepareMatch(NUMBER, ID, third, PERSON, "clerk", NOW);
        store.prepareMatch(NUMBER, ID, OTHER, PERSON, "another", NOW);

        var prepared = new MatchStep("PREPARED", OTHER, PERSON, "another", NOW);
        assertThat(store.match(NUMBER, ID)).contains(prepared);
        assertThat(store.suspense(B, "", 0, "", 10)).containsExactly(item(Optional.empty(), Optional.of(prepared)));
        assertThatThrownBy(() -> store.approveMatch(NUMBER, ID, "another", NOW))
                .isInstanceOf(DataIntegrityViolationException.class);
        store.approveMatch(NUMBER, ID, "reviewer", NOW);
        store.prepareMatch(NUMBER, ID, third, PERSON, "clerk", NOW);
        assertThat(store.match(NUMBER, ID)).contains(new MatchStep("DONE", OTHER, PERSON, "another", NOW));
        assertThatThrownBy(() -> store.approveMatch(NUMBER, ID, "reviewer", NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void casesThatWaitForExactlyTheAmountAreFound() {
        cases.save(
                ReceivingCase.unknown(OTHER),
                new ReceivingCase(OTHER, new Order.Due(PERSON, AMOUNT, A), new TreeMap<>()),
                NOW);

        assertThat(store.openOrders(B, A, AMOUNT, "", 10)).containsExactly(new OpenOrder(OTHER, PERSON, AMOUNT, NOW));
        assertThat(store.openOrders(B, C, AMOUNT, "", 10)).isEmpty();
        assertThat(store.openOrders(B, A, AMOUNT, OTHER.value(), 10)).isEmpty();
        assertThat(store.openOrders(A, A, AMOUNT, "", 10)).isEmpty();
    }

    @Test
    void aSlipIsRegisteredOnceAndShowsWhereItsMoneyIs() {
        var number = RN.caseNumber();
        slips.prepare(B, "S-1", number, A, AMOUNT, "clerk", NOW);
        slips.prepare(B, "S-1", number, A, AMOUNT, "another", NOW);
        assertThat(slips.find(B, "S-1"))
                .contains(new Slip(1, "S-1", number, null, A, AMOUNT, "PREPARED", "clerk", NOW, null, null));
        assertThatThrownBy(() -> slips.approve(B, "S-1", RN.n(), "clerk", NOW))
                .isInstanceOf(DataIntegrityViolationException.class);

        slips.approve(B, "S-1", RN.n(), "another", NOW);

        assertThat(slips.find(B, "S-1"))
                .contains(new Slip(1, "S-1", number, RN, A, AMOUNT, "SUSPENDED", "clerk", NOW, "another", NOW));
        assertThatThrownBy(() -> slips.approve(B, "S-1", RN.n(), "third", NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThat(slips.find(A, "S-1")).isEmpty();
        assertThat(slips.list(B, 0, 10)).extracting(Slip::slip).containsExactly("S-1");
        assertThat(slips.list(B, 1, 10)).isEmpty();
    }

    private static SuspenseItem item(Optional<SendBackStep> sendBack, Optional<MatchStep> match) {
        return new SuspenseItem(RN, A, AMOUNT, Route.BANK, "SUSPENDED", "AMOUNT", NOW, sendBack, match);
    }
}
