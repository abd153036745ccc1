package org.jiexu.transferin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jiexu.transferin.domain.Outcome.Moved;
import org.jiexu.transferin.domain.Outcome.Rejected;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the order in which messages come, and however often, a case reaches the end that its regions have decided,
 * once, and never leaves it (R3.8). Rejected messages are offered again after each move, as the bus does.
 */
@Tag("R3.8")
class AnyOrderTest {
    private static final int RUNS = 400;
    private static final Instant AT = Instant.parse("2026-09-14T01:00:00Z");
    private static final LocalDate YEAR_END = LocalDate.of(2027, 1, 1);
    private static final RemittanceNumber FIRST = new RemittanceNumber(Cases.number(0), 1);
    private static final List<CodedReason> REASONS = List.of(new CodedReason("MONTHS", "缴费月数有误", "请核对后重新开具"));

    /** What the two regions and the applicant have decided. */
    private enum Plan {
        COMPLETED,
        COMPLETED_WITHOUT_MONEY,
        COMPLETED_AFTER_THE_YEAR,
        DECLINED,
        WITHDRAWN,
        WITHDRAWN_ON_PAPER,
        WITHDRAWN_BEFORE,
        REFUSED
    }

    /** One case in the middle of its messages. */
    private static final class Run {
        final Plan plan;
        final Random random;
        final int versions;
        final Fen amount;
        State.Case state = new State.Submitted();
        final List<Fact> facts = new ArrayList<>();
        final List<Input> parked = new ArrayList<>();

        Run(Plan plan, long seed) {
            this.plan = plan;
            this.random = new Random(seed);
            this.versions = 1 + random.nextInt(3);
            this.amount = switch (plan) {
                case COMPLETED, DECLINED -> Fen.parse("100.00");
                case COMPLETED_WITHOUT_MONEY,
                        COMPLETED_AFTER_THE_YEAR,
                        WITHDRAWN,
                        WITHDRAWN_ON_PAPER,
                        WITHDRAWN_BEFORE,
                        REFUSED -> Fen.ZERO;
            };
        }

        void give(Input input) {
            switch (TransferIn.on(state, input)) {
                case Moved(var next, var brought) -> {
                    assertThat(isEnd(state)).as("%s left by %s", state, input).isFalse();
                    state = next;
                    facts.addAll(brought);
                    var again = List.copyOf(parked);
                    parked.clear();
                    again.forEach(this::give);
                }
                case Rejected _ -> parked.add(input);
                case Outcome.AlreadyDone(var brought) -> facts.addAll(brought);
                case Outcome.InConflict _, Outcome.NotFound _ -> {}
            }
        }

        /** What people and timers here do of themselves in that state. */
        void actHere() {
            switch (state) {
                case State.Submitted _, State.Waiting _ -> give(checked());
                case State.Incomplete _ ->
                    give(plan == Plan.WITHDRAWN_BEFORE ? withdraws() : new Input.PapersComplete());
                case State.Accepted _, State.Withdrawing _ -> {
                    if (plan == Plan.WITHDRAWN || plan == Plan.WITHDRAWN_ON_PAPER) {
                        give(withdraws());
                    }
                }
                case State.Received(int version, var _, var _) -> {
                    boolean returns = version < versions || plan == Plan.DECLINED;
                    give(returns ? new Input.Return(version, REASONS, plan == Plan.DECLINED) : confirm(version));
                }
                case State.YearRunning _ -> give(new Input.YearEnded(YEAR_END.minusDays(random.nextInt(3))));
                case State.Returned _,
                        State.Booked _,
                        State.Completed _,
                        State.Refused _,
                        State.Withdrawn _,
                        State.Declined _ -> {}
            }
        }

        private Input checked() {
            return switch (random.nextInt(4)) {
                case 0 -> new Input.PapersMissing();
                case 1 -> new Input.FoundWaiting();
                default ->
                    switch (plan) {
                        case REFUSED -> new Input.FoundUnacceptable();
                        case WITHDRAWN_BEFORE -> withdraws();
                        case COMPLETED,
                                COMPLETED_WITHOUT_MONEY,
                                COMPLETED_AFTER_THE_YEAR,
                                DECLINED,
                                WITHDRAWN,
                                WITHDRAWN_ON_PAPER -> new Input.FoundAcceptable(AT);
                    };
            };
        }

        private Input withdraws() {
            return new Input.ApplicantWithdraws(AT, plan == Plan.WITHDRAWN_ON_PAPER);
        }

        private Input confirm(int version) {
            return new Input.Confirm(version, AT, plan == Plan.COMPLETED_AFTER_THE_YEAR ? YEAR_END : null);
        }

        /** Everything that others say in the course of the plan, each once. */
        List<Input> said() {
            var said = new ArrayList<Input>();
            switch (plan) {
                case COMPLETED, COMPLETED_WITHOUT_MONEY, COMPLETED_AFTER_THE_YEAR, DECLINED -> sheets(said);
                case WITHDRAWN -> said.add(new Input.WithdrawnThere());
                case WITHDRAWN_ON_PAPER, WITHDRAWN_BEFORE, REFUSED -> {}
            }
            if (plan == Plan.COMPLETED) {
                said.add(new Input.Remitted(FIRST));
                said.add(new Input.Suspended(FIRST, SuspenseReason.AMOUNT));
                said.add(new Input.Credited(FIRST, amount));
                said.add(new Input.TakenBack(FIRST, amount));
            }
            if (plan == Plan.DECLINED) {
                said.add(new Input.DeclinedThere(true));
            }
            return said;
        }

        private void sheets(List<Input> said) {
            for (int version = 1; version <= versions; version++) {
                said.add(new Input.Issued(version, "v" + version, amount, AT));
            }
        }

        boolean hasTaken(Step step) {
            return facts.stream().anyMatch(fact -> fact instanceof Fact.Happened(var taken, var _) && taken == step);
        }

        long count(Class<? extends Fact> kind) {
            return facts.stream().filter(kind::isInstance).count();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leadsToTheOneEndThatWasDecided(Plan plan) {
        for (int seed = 0; seed < RUNS; seed++) {
            var run = new Run(plan, seed);
            var messages = new ArrayList<Input>();
            run.said().forEach(input -> messages.addAll(Collections.nCopies(1 + run.random.nextInt(3), input)));
            Collections.shuffle(messages, run.random);

            for (var message : messages) {
                if (run.random.nextBoolean()) {
                    run.actHere();
                }
                run.give(message);
            }
            for (int i = 0; i < 100 && !isEnd(run.state); i++) {
                run.actHere();
            }

            assertThat(name(run.state)).as("seed %d", seed).isEqualTo(end(plan));
            assertThat(run.count(Fact.TransferCompleted.class)).isEqualTo(run.state instanceof State.Completed ? 1 : 0);
            assertThat(run.count(Fact.HistoryBooked.class)).isEqualTo(run.state instanceof State.Completed ? 1 : 0);
            assertThat(run.hasTaken(Step.MONEY_TAKEN_BACK)).isEqualTo(plan == Plan.COMPLETED);
            assertThat(run.count(Fact.CreditOrdered.class)).isEqualTo(plan == Plan.COMPLETED ? 1 : 0);
            messages.forEach(run::give);
            run.give(new Input.Confirm(run.versions, AT, null));
            run.give(new Input.FoundAcceptable(AT));
            run.give(new Input.YearEnded(YEAR_END));
            assertThat(name(run.state)).as("seed %d, afterwards", seed).isEqualTo(end(plan));
        }
    }

    private static String end(Plan plan) {
        return switch (plan) {
            case COMPLETED, COMPLETED_WITHOUT_MONEY, COMPLETED_AFTER_THE_YEAR -> "Completed";
            case DECLINED -> "Declined";
            case WITHDRAWN, WITHDRAWN_ON_PAPER, WITHDRAWN_BEFORE -> "Withdrawn";
            case REFUSED -> "Refused";
        };
    }

    private static String name(State.Case state) {
        return state.getClass().getSimpleName();
    }

    private static boolean isEnd(State.Case state) {
        return State.status(state).isEnd();
    }
}
