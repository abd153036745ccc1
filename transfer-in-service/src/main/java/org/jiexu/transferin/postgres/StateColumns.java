package org.jiexu.transferin.postgres;

import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.State.Case;
import org.jiexu.wire.vocabulary.Fen;
import org.jspecify.annotations.Nullable;

/** A state as its columns: its name, and its sheet when it has one. */
record StateColumns(
        String state,
        @Nullable Integer sheetVersion,
        @Nullable String digest,
        @Nullable Long amount) {
    static StateColumns of(Case state) {
        return switch (state) {
            case State.Submitted() -> bare("SUBMITTED");
            case State.Incomplete() -> bare("INCOMPLETE");
            case State.Waiting() -> bare("WAITING");
            case State.Refused() -> bare("REFUSED");
            case State.Accepted() -> bare("ACCEPTED");
            case State.Withdrawing() -> bare("WITHDRAWING");
            case State.Received(int v, var digest, var amount) -> sheet("RECEIVED", v, digest, amount);
            case State.Returned(int v, var digest, var amount) -> sheet("RETURNED", v, digest, amount);
            case State.YearRunning(int v, var digest, var _) -> sheet("YEAR_RUNNING", v, digest, Fen.ZERO);
            case State.Booked(int v, var digest, var amount) -> sheet("BOOKED", v, digest, amount);
            case State.Completed(int v, var digest, var amount) -> sheet("COMPLETED", v, digest, amount);
            case State.Withdrawn() -> bare("WITHDRAWN");
            case State.Declined() -> bare("DECLINED");
        };
    }

    private static StateColumns bare(String name) {
        return new StateColumns(name, null, null, null);
    }

    private static StateColumns sheet(String name, int version, String digest, Fen amount) {
        return new StateColumns(name, version, digest, amount.value());
    }
}
