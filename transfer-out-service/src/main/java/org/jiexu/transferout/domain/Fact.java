package org.jiexu.transferout.domain;

import java.util.List;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;

/** 事实 — what a move makes true for others; each becomes one event in the move's transaction. */
public sealed interface Fact {
    /** balance.hold-requested. */
    record HoldRequested(int attempt) implements Fact {}

    /** balance.release-ordered. */
    record ReleaseOrdered() implements Fact {}

    /** info-sheet.issued; {@code remittance} is 0 when no money follows. */
    record SheetIssued(int version, Fen amount, int remittance) implements Fact {}

    /** balance.remit-ordered. */
    record RemitOrdered(int remittance, Fen amount, int sheetVersion) implements Fact {}

    /** balance.pay-out-ordered: the balance that was kept goes to the person (R2.10, R11.4). */
    record PayOutOrdered() implements Fact {}

    /** 个人账户已提取 — the step that tells of it, once. */
    record AccountPaidOut(Fen amount) implements Fact {}

    /** transfer.withdrawn. */
    record CaseWithdrawn() implements Fact {}

    /** transfer.declined. */
    record CaseDeclined(List<CodedReason> reasons, boolean moneySent) implements Fact {}

    /** relationship.terminated (43号 Art. 13). */
    record RelationshipTerminated() implements Fact {}
}
