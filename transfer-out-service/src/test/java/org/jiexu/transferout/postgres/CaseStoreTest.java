package org.jiexu.transferout.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.transferout.domain.CaseNumbers;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.OutgoingCase.Relationship;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Terms;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class CaseStoreTest {
    private static final RegionCode JINING = new RegionCode("370800");
    private static final Instant AT = Instant.parse("2026-09-14T01:00:00Z");
    private static final CaseNumber FIRST = CaseNumbers.valid("430100-26-22222222");
    private static final CaseNumber SECOND = CaseNumbers.valid("430100-26-22222223");
    private static final Relationship RELATIONSHIP =
            new Relationship(new PersonId("P000000000001"), Scheme.EMPLOYEE, Scheme.EMPLOYEE, AT);
    private static final List<CodedReason> REASONS = List.of(new CodedReason("CODE", "原因", "办法"));
    private static final JdbcClient JDBC = migrated();

    private final CaseStore store = new CaseStore(JDBC);

    private static JdbcClient migrated() {
        var database = TestInfrastructure.shared().newDatabase("transfer_out_store");
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/transfer-out")
                .load()
                .migrate();
        return JdbcClient.create(source);
    }

    @BeforeEach
    void empty() {
        JDBC.sql("truncate outgoing_case cascade").update();
    }

    static Stream<State> laterStates() {
        return Stream.of(
                new State.HoldRefused(3, REASONS.getFirst()),
                new State.Held(Fen.parse("12.34")),
                new State.Issued(2, Fen.parse("12.34"), 3, true),
                new State.Returned(2, Fen.parse("12.34"), 3, false, REASONS),
                new State.Completed(),
                new State.Completed(Fen.parse("12.34")),
                new State.Completed(Fen.ZERO, 2, true),
                new State.Withdrawn(),
                new State.Declined(REASONS));
    }

    @ParameterizedTest
    @MethodSource("laterStates")
    void everyStateIsReadAsItWasWritten(State state) {
        var holding = begun(FIRST);

        store.save(holding, state, AT);

        assertThat(store.find(FIRST)).contains(new OutgoingCase(FIRST, JINING, RELATIONSHIP, state, 2));
    }

    @Test
    void aStaleWriteIsRefused() {
        var holding = begun(FIRST);
        store.save(holding, new State.Held(Fen.ZERO), AT);

        assertThatThrownBy(() -> store.save(holding, new State.Withdrawn(), AT))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void oneOpenCaseOfARelationshipIsTheLastWall() {
        begun(FIRST);

        assertThat(store.insert(fresh(SECOND), new State.Holding(1), AT)).isFalse();
        assertThat(store.insert(fresh(SECOND), new State.Declined(REASONS), AT)).isTrue();
        assertThat(store.lockOpen(RELATIONSHIP.person(), JINING, Scheme.EMPLOYEE))
                .map(OutgoingCase::number)
                .contains(FIRST);
    }

    @Test
    void anEndedCaseMakesRoomForTheNext() {
        store.save(begun(FIRST), new State.Withdrawn(), AT);

        assertThat(store.insert(fresh(SECOND), new State.Holding(1), AT)).isTrue();
    }

    @Test
    void aClaimedSheetIsNobodyElsesUntilItIsGivenBack() {
        store.save(begun(FIRST), new State.Held(Fen.parse("1.00")), AT);
        var regions = List.of(JINING);

        var claimed = store.claimSheets(regions, regions, 10, Duration.ofSeconds(60));
        var again = store.claimSheets(regions, regions, 10, Duration.ofSeconds(60));
        store.postponeSheet(FIRST, Duration.ZERO, "ROW_MONTHS");
        var later = store.claimSheets(regions, regions, 10, Duration.ofSeconds(60));

        assertThat(claimed).extracting(OutgoingCase::number).containsExactly(FIRST);
        assertThat(again).isEmpty();
        assertThat(later).extracting(OutgoingCase::number).containsExactly(FIRST);
        var other = List.of(new RegionCode("330100"));
        assertThat(store.claimSheets(other, other, 10, Duration.ZERO)).isEmpty();
    }

    @Test
    void anInstantSheetIsDueWhereStaffIssueToo() {
        store.save(begun(FIRST), new State.Held(Fen.parse("1.00")), AT);
        store.save(begunAtOnce(SECOND), new State.Held(Fen.ZERO), AT);

        assertThat(store.claimSheets(List.of(JINING), List.of(), 10, Duration.ZERO))
                .extracting(OutgoingCase::number)
                .containsExactly(SECOND);
    }

    @Test
    void aCaseOfNoMoneyIsLookedAtOnceWhereStaffIssue() {
        store.save(begun(FIRST), new State.Held(Fen.ZERO), AT);
        var regions = List.of(JINING);

        var claimed = store.claimSheets(regions, List.of(), 10, Duration.ZERO);
        store.leaveToPeople(FIRST);

        assertThat(claimed).extracting(OutgoingCase::number).containsExactly(FIRST);
        assertThat(store.claimSheets(regions, List.of(), 10, Duration.ZERO)).isEmpty();
    }

    @Test
    void onlyAnInstantCaseTriesItsRefusedHoldAgainAndNotBeforeItsTime() {
        var refused = new State.HoldRefused(1, REASONS.getFirst());
        store.save(begun(FIRST), refused, AT);
        store.save(begunAtOnce(SECOND), refused, AT);
        assertThat(store.claimRefusedHolds(List.of(JINING), 10, Duration.ZERO)).isEmpty();

        JDBC.sql("update outgoing_case set hold_due = hold_due - interval '2 seconds'")
                .update();
        var claimed = store.claimRefusedHolds(List.of(JINING), 10, Duration.ofSeconds(60));
        var again = store.claimRefusedHolds(List.of(JINING), 10, Duration.ofSeconds(60));

        assertThat(claimed).extracting(OutgoingCase::number).containsExactly(SECOND);
        assertThat(again).isEmpty();
        store.save(store.lock(SECOND).orElseThrow(), new State.Holding(2), AT);
        assertThat(JDBC.sql("select count(*) from outgoing_case where hold_due is not null")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private OutgoingCase begunAtOnce(CaseNumber number) {
        var relationship = new Relationship(
                new PersonId("P000000000002"),
                Scheme.EMPLOYEE,
                Scheme.EMPLOYEE,
                AT,
                new Terms(AccountWish.MOVES, AccountWish.MOVES, true));
        var fresh = OutgoingCase.unknown(number, JINING).accepted(relationship);
        assertThat(store.insert(fresh, new State.Holding(1), AT)).isTrue();
        assertThat(store.lock(number)).map(OutgoingCase::relationship).contains(relationship);
        return store.lock(number).orElseThrow();
    }

    private OutgoingCase begun(CaseNumber number) {
        assertThat(store.insert(fresh(number), new State.Holding(1), AT)).isTrue();
        return store.lock(number).orElseThrow();
    }

    private static OutgoingCase fresh(CaseNumber number) {
        return OutgoingCase.unknown(number, JINING).accepted(RELATIONSHIP);
    }
}
