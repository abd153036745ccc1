package org.jiexu.transferin.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.transferin.domain.Cases.CHANGSHA;
import static org.jiexu.transferin.domain.Cases.JINING;
import static org.jiexu.transferin.domain.Cases.PERSON;
import static org.jiexu.transferin.domain.Cases.SUBMITTED_AT;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Cases;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.OpenTask;
import org.jiexu.transferin.domain.ReceivedSheet;
import org.jiexu.transferin.domain.RegisteredPaper;
import org.jiexu.transferin.domain.RegisteredPaper.Kind;
import org.jiexu.transferin.domain.SealedLetter;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Every statement of the stores on a real PostgreSQL. */
class StoreTest {
    private static final Fen HUNDRED = Fen.parse("100.00");
    private static final List<CodedReason> REASONS = List.of(new CodedReason("MONTHS", "缴费月数有误", "请核对"));

    private static final LocalDate YEAR_END = LocalDate.of(2027, 1, 1);

    private static JdbcClient jdbc;
    private static CaseStore cases;
    private static SheetStore sheets;
    private static ProgressStore progress;
    private static LetterStore letters;
    private static PaperStore papers;

    @BeforeAll
    static void migrate() {
        var database = TestInfrastructure.shared().newDatabase("ti_store");
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/bus", "classpath:db/transfer-in")
                .load()
                .migrate();
        jdbc = JdbcClient.create(source);
        cases = new CaseStore(jdbc);
        sheets = new SheetStore(jdbc);
        progress = new ProgressStore(jdbc);
        letters = new LetterStore(jdbc);
        papers = new PaperStore(jdbc);
    }

    @Test
    @Tag("R2.11")
    void readsACaseAsItWasWritten() {
        var file = Cases.submitted(1);

        cases.insert(file, Duration.ZERO);

        assertThat(cases.find(file.number())).contains(file);
        assertThat(cases.lock(file.number())).contains(file);
        assertThat(cases.find(Cases.number(999))).isEmpty();
    }

    @Test
    void readsAnEmployersAndAClerksApplication() {
        var employer = CaseFile.submitted(
                Cases.number(2),
                Cases.application(),
                new Applicant("u-2", "EMPLOYER", null, "91430100MA00000001", null));
        var clerk = CaseFile.submitted(
                Cases.number(3), Cases.application(), new Applicant("u-3", "CLERK", null, null, JINING));

        cases.insert(employer, Duration.ZERO);
        cases.insert(clerk, Duration.ZERO);

        assertThat(cases.find(employer.number())).contains(employer);
        assertThat(cases.find(clerk.number())).contains(clerk);
    }

    static Stream<State.Case> states() {
        return Stream.of(
                new State.Submitted(),
                new State.Incomplete(),
                new State.Waiting(),
                new State.Refused(),
                new State.Accepted(),
                new State.Withdrawing(),
                new State.Received(1, "aa", HUNDRED),
                new State.Returned(1, "aa", HUNDRED),
                new State.YearRunning(1, "aa", YEAR_END),
                new State.Booked(2, "bb", HUNDRED),
                new State.Completed(2, "bb", Fen.ZERO),
                new State.Withdrawn(),
                new State.Declined());
    }

    @ParameterizedTest
    @MethodSource("states")
    void keepsEveryState(State.Case state) {
        var file = Cases.submitted(100 + state.getClass().getSimpleName().hashCode() % 1000);
        cases.insert(file, Duration.ZERO);

        var saved = cases.save(file.in(state)
                .of(PERSON)
                .acceptedAt(SUBMITTED_AT)
                .notBefore(YEAR_END)
                .because(REASONS));

        assertThat(cases.find(file.number())).contains(saved);
        assertThat(saved.version()).isEqualTo(1);
    }

    @Test
    void refusesAStaleMove() {
        var file = Cases.submitted(4);
        cases.insert(file, Duration.ZERO);
        cases.save(file.in(new State.Withdrawn()));

        assertThatThrownBy(() -> cases.save(file.in(new State.Accepted())))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void forgetsAnApplicationButNoCase() {
        var wrong = Cases.submitted(5);
        cases.insert(wrong, Duration.ZERO);
        progress.happened(wrong.number(), new TakenStep(Step.SUBMITTED, "", CHANGSHA, SUBMITTED_AT));
        var accepted = Cases.submitted(6);
        cases.insert(accepted, Duration.ZERO);
        cases.save(accepted.in(new State.Accepted()));

        cases.forgetSubmitted(wrong.number());
        cases.forgetSubmitted(accepted.number());

        assertThat(cases.find(wrong.number())).isEmpty();
        assertThat(cases.find(accepted.number())).isPresent();
    }

    @Test
    void claimsWhatIsDueOnceAndNotBeforeItsTime() {
        var due = Cases.submitted(7);
        var later = Cases.submitted(8);
        cases.insert(due, Duration.ZERO);
        cases.insert(later, Duration.ofMinutes(5));

        var first = cases.claimUnchecked(List.of(CHANGSHA), 100);
        var second = cases.claimUnchecked(List.of(CHANGSHA), 100);
        cases.retryAfter(later.number(), Duration.ofMinutes(-1));
        var third = cases.claimUnchecked(List.of(CHANGSHA), 100);

        assertThat(first).extracting(CaseFile::number).contains(due.number()).doesNotContain(later.number());
        assertThat(second).isEmpty();
        assertThat(third).extracting(CaseFile::number).containsExactly(later.number());
        assertThat(cases.claimUnchecked(List.of(JINING), 100)).isEmpty();
    }

    @Test
    void listsARegionsCasesPageByPage() {
        var file = Cases.submitted(9);
        cases.insert(file, Duration.ofHours(1));
        cases.save(file.in(new State.Withdrawing()));

        assertThat(cases.ofRegion(CHANGSHA, null, null, 200))
                .extracting(CaseFile::number)
                .contains(file.number())
                .isSorted();
        assertThat(cases.ofRegion(CHANGSHA, "WITHDRAWING", null, 200))
                .extracting(CaseFile::number)
                .contains(file.number());
        assertThat(cases.ofRegion(CHANGSHA, "WITHDRAWING", file.number().value(), 200))
                .extracting(CaseFile::number)
                .doesNotContain(file.number());
        assertThat(cases.ofRegion(JINING, null, null, 200)).isEmpty();
    }

    @Test
    void keepsEveryVersionOfASheet() {
        var file = Cases.submitted(10);
        cases.insert(file, Duration.ZERO);
        var first = new ReceivedSheet(
                file.number(),
                1,
                new SealedSheet("{\"a\": 1}", "0123456789abcdef", Bytes.ofUtf8("seal")),
                HUNDRED,
                new RemittanceNumber(file.number(), 1),
                SUBMITTED_AT);
        var second = new ReceivedSheet(file.number(), 2, first.sealed(), Fen.ZERO, null, SUBMITTED_AT);

        sheets.keep(first, SUBMITTED_AT);
        sheets.keep(second, SUBMITTED_AT);

        assertThat(sheets.of(file.number())).containsExactly(first, second);
        assertThat(sheets.find(file.number(), 2)).contains(second);
        assertThat(sheets.find(file.number(), 3)).isEqualTo(Optional.empty());
    }

    @Test
    void countsLettersPerRegionAndYearAndKeepsThem() {
        var file = Cases.submitted(20);
        cases.insert(file, Duration.ofHours(1));
        var letter = new SealedLetter(
                "湖南省（长沙市）（2026）（第 0000001 号）", "{}", "0123456789abcdef", Bytes.ofUtf8("seal"), SUBMITTED_AT);

        letters.keep(file.number(), letter);

        assertThat(letters.find(file.number())).contains(letter);
        assertThat(letters.next(JINING, 2026)).isEqualTo(1);
        assertThat(letters.next(JINING, 2026)).isEqualTo(2);
        assertThat(letters.next(JINING, 2027)).isEqualTo(1);
        assertThat(letters.next(CHANGSHA, 2026)).isEqualTo(1);
    }

    @Test
    void keepsPapersInTheOrderOfTheirRegistration() {
        var file = Cases.submitted(21);
        cases.insert(file, Duration.ofHours(1));
        var sheet = new RegisteredPaper(
                Kind.PAYMENT_CERTIFICATE, 1, "ab", "EA1234567", YEAR_END, "clerk-430100", SUBMITTED_AT);
        var refusal = new RegisteredPaper(Kind.REFUSAL, 0, "cd", "EA1234568", YEAR_END, "clerk-430100", SUBMITTED_AT);

        papers.keep(file.number(), sheet);
        papers.keep(file.number(), refusal);

        assertThat(papers.of(file.number())).containsExactly(sheet, refusal);
    }

    @Test
    void findsTheCasesWhoseYearHasEnded() {
        var running = Cases.submitted(22);
        cases.insert(running, Duration.ofHours(1));
        cases.save(running.in(new State.YearRunning(1, "aa", YEAR_END.plusYears(1)))
                .notBefore(YEAR_END.plusYears(1)));

        assertThat(cases.yearEnded(List.of(CHANGSHA), YEAR_END.plusYears(1).minusDays(1), 10))
                .doesNotContain(running.number());
        assertThat(cases.yearEnded(List.of(CHANGSHA), YEAR_END.plusYears(1), 10))
                .contains(running.number());
        assertThat(cases.yearEnded(List.of(JINING), YEAR_END.plusYears(1), 10)).isEmpty();
    }

    @Test
    void notesAStepOnce() {
        var file = Cases.submitted(11);
        cases.insert(file, Duration.ZERO);
        var accepted = new TakenStep(Step.ACCEPTED, "", JINING, SUBMITTED_AT);
        var completed = new TakenStep(Step.COMPLETED, "", null, SUBMITTED_AT);

        progress.happened(file.number(), accepted);
        progress.happened(file.number(), accepted);
        progress.happened(file.number(), completed);

        assertThat(progress.steps(file.number())).containsExactly(accepted, completed);
    }

    @Test
    void keepsAtMostOneTaskOfAKindOpen() {
        var file = Cases.submitted(12);
        cases.insert(file, Duration.ZERO);

        progress.open(CHANGSHA, file.number(), Work.CHECK_SHEET, SUBMITTED_AT);
        progress.open(CHANGSHA, file.number(), Work.CHECK_SHEET, SUBMITTED_AT);
        progress.open(CHANGSHA, file.number(), Work.SUSPENDED_MONEY, SUBMITTED_AT);
        var open = progress.tasks(CHANGSHA, null, 0, 10);
        var sheetsOnly = progress.tasks(CHANGSHA, Work.CHECK_SHEET, 0, 10);
        progress.done(file.number(), Work.CHECK_SHEET, SUBMITTED_AT);
        var left = progress.tasks(CHANGSHA, null, open.getFirst().position() - 1, 10);
        progress.open(CHANGSHA, file.number(), Work.CHECK_SHEET, SUBMITTED_AT);

        assertThat(open).extracting(OpenTask::kind).containsExactly(Work.CHECK_SHEET, Work.SUSPENDED_MONEY);
        assertThat(sheetsOnly).extracting(OpenTask::kind).containsExactly(Work.CHECK_SHEET);
        assertThat(left).extracting(OpenTask::kind).containsExactly(Work.SUSPENDED_MONEY);
        assertThat(progress.tasks(CHANGSHA, null, 0, 10)).hasSize(2);
    }
}
