package org.jiexu.transferout.web;

import java.time.Instant;
import java.util.List;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Pause;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.transferout.postgres.CaseList;
import org.jiexu.transferout.postgres.LetterStore.ReceivedLetter;
import org.jiexu.transferout.postgres.ReturnedMoneyStore.ReturnedMoney;
import org.jiexu.transferout.postgres.SheetStore.StoredSheet;
import org.jiexu.transferout.postgres.TaskStore.OpenTask;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/** One case for staff, with its sheets, its limits and what it asks of people. */
record CaseView(
        Summary summary,
        List<SheetView> sheets,
        List<DeadlineView> deadlines,
        List<Pause> pauses,
        List<TaskView> tasks,
        List<ReturnedMoney> returnedMoney,
        @Nullable LetterView contactLetter) {

    /** 联系函, and when it came; no clock runs from it (R2.5). */
    record LetterView(String letterNumber, Instant issuedAt, Instant receivedAt) {
        static LetterView of(ReceivedLetter received) {
            var letter = received.letter();
            return new LetterView(letter.letterNumber(), letter.issuedAt(), received.receivedAt());
        }
    }

    /** 联系函 as it came: the exact sealed text with its seal. */
    record LetterPaper(
            CaseNumber number,
            String letterNumber,
            Instant issuedAt,
            Instant receivedAt,
            String sealKeyId,
            Bytes seal,
            String text) {
        static LetterPaper of(CaseNumber number, ReceivedLetter received) {
            var letter = received.letter();
            return new LetterPaper(
                    number,
                    letter.letterNumber(),
                    letter.issuedAt(),
                    received.receivedAt(),
                    letter.sealKeyId(),
                    letter.seal(),
                    letter.letter());
        }
    }

    /** A line of the list; {@code holdAgainAt} says when an instant case tries its refused hold again by itself. */
    record Summary(
            CaseNumber number,
            RegionCode sending,
            RegionCode receiving,
            @Nullable String person,
            @Nullable String fromScheme,
            @Nullable String toScheme,
            @Nullable Instant acceptedAt,
            State.Name state,
            @Nullable Fen amount,
            int sheetVersion,
            @Nullable RemittanceNumber remittance,
            boolean moneyCameBack,
            List<CodedReason> reasons,
            @Nullable String sheetError,
            AccountWish account,
            boolean instant,
            @Nullable Fen paidOut,
            int holdAttempts,
            @Nullable Instant holdAgainAt,
            Instant changedAt) {
        static Summary of(CaseList.Line line) {
            return new Summary(
                    line.number(),
                    line.sending(),
                    line.number().receivingRegion(),
                    line.person(),
                    line.fromScheme(),
                    line.toScheme(),
                    line.acceptedAt(),
                    line.state(),
                    line.amount(),
                    line.sheetVersion(),
                    line.remittances() == 0 ? null : new RemittanceNumber(line.number(), line.remittances()),
                    line.moneyCameBack(),
                    line.reasons(),
                    line.sheetError(),
                    line.account(),
                    line.instant(),
                    line.paidOut().isZero() ? null : line.paidOut(),
                    line.attempt(),
                    line.holdAgainAt(),
                    line.changedAt());
        }
    }

    /** A sheet as it left, with the proof of its seal. */
    record SheetView(int version, String digest, String sealKeyId, Instant issuedAt, InfoSheet content) {
        static SheetView of(StoredSheet stored) {
            var sheet = stored.sheet();
            return new SheetView(stored.version(), sheet.digest(), sheet.keyId(), stored.issuedAt(), sheet.read());
        }
    }

    record TaskView(CaseNumber number, Task task, String words, Instant openedAt) {
        static TaskView of(OpenTask open) {
            return new TaskView(open.number(), open.task(), open.task().words(), open.openedAt());
        }
    }
}
