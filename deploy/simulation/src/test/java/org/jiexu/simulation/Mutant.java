package org.jiexu.simulation;

import java.util.function.UnaryOperator;

/** One wrong rule each, in the place of a right one: what the simulation must be able to find. */
enum Mutant {
    WITHDRAWAL_ENDS_THE_CASE_AT_ONCE(InMutants::endsAtOnce),
    A_DECLINE_DOES_NOT_SAY_THAT_MONEY_IS_NOT_DUE(InMutants::withoutNotDue),
    BOOKING_COMPLETES_BEFORE_THE_MONEY_IS_CREDITED(InMutants::completesWhenBooked),
    A_LIMIT_GOES_ON_AFTER_THE_END(InMutants::withoutEndOfLimit),
    THE_YEAR_IS_FORGOTTEN(InMutants::forgetsTheYear),
    AN_OUTDATED_PAPER_IS_WAITED_FOR(InMutants::waitsWithoutPapers),
    A_RELEASE_IS_FORGOTTEN(OutMutants::withoutRelease),
    A_SHEET_LEAVES_WITHOUT_THE_ORDER_TO_REMIT(OutMutants::withoutRemit),
    A_SHEET_STATES_ONE_FEN_LESS(OutMutants::oneFenShortSheet),
    A_SHEET_LEAVES_THAT_CANNOT_TRAVEL(OutMutants::issuesWhatCannotTravel),
    A_TOMBSTONE_IS_FORGOTTEN(OutMutants::withoutTombstone),
    WHAT_CAME_BACK_IS_NOT_HELD_AGAIN(MoneyMutants::notHeldAgain),
    A_REPEATED_ARRIVAL_IS_CREDITED_AGAIN(MoneyMutants::creditsAgain),
    ONE_FEN_STAYS_IN_SUSPENSE(MoneyMutants::oneFenStays),
    A_DEBT_IS_RECORDED_ON_ARRIVAL(MoneyMutants::debtOnArrival),
    AN_ADVANCE_COMES_BACK_ANOTHER_WAY(MoneyMutants::backThroughTransit),
    A_KEPT_BALANCE_IS_NOT_RELEASED(MoneyMutants::keptForEver),
    A_BALANCE_IS_PAID_OUT_BEFORE_COMPLETION(MoneyMutants::paidOutAtOnce),
    ARRIVALS_ARE_KNOWN_BY_THEIR_NUMBER_ALONE(MoneyMutants::arrivalsByNumberAlone),
    THE_FIRST_RIGHT_AMOUNT_IS_CREDITED_WHOEVER_SENT_IT(MoneyMutants::creditsWhoeverSent),
    THE_PUSH_TAKES_WHAT_WAS_CHOSEN_TO_STAY(LeavingMutants::pushesWhatWasChosen),
    NOTHING_IS_LEFT_WHEN_NO_MONTHS_ARE(LeavingMutants::countsMonthsOnly),
    WAITING_LOOKS_AT_KEPT_ONLY(JoiningMutants::looksAtKeptOnly),
    A_CORRECTION_IS_BELIEVED_WITHOUT_THE_LEDGER(ClearingMutants::believesTheCreditor),
    THE_CENTRE_WAITS_FOR_NOBODY(ClearingMutants::doesNotWait),
    SILENCE_IS_TAKEN_FOR_NOTHING(ClearingMutants::countsMoneyOnly),
    A_CORRECTION_GOES_INTO_THE_OLD_QUARTER(ClearingMutants::intoTheOldQuarter);

    private final UnaryOperator<Machines> planting;

    Mutant(UnaryOperator<Machines> planting) {
        this.planting = planting;
    }

    Machines planted() {
        return planting.apply(Machines.real());
    }
}
