package org.jiexu.settlement.clearing;

import org.jiexu.bus.web.Problem;
import org.jiexu.wire.vocabulary.Fen;
import org.springframework.http.HttpStatus;

/** 应付核对 — a payment is the whole total or nothing (R7.2: not netted, R7.3). */
final class Amounts {
    private Amounts() {}

    static void requireWhole(Fen paid, Fen due) {
        if (!paid.equals(due)) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "AMOUNT_DIFFERS", "支付金额与清算平衡表不符，须一次付清全额。")
                    .with("expected", due.yuan())
                    .with("difference", paid.minus(due).yuan());
        }
    }

    static Problem otherReference() {
        return Problem.conflict("ALREADY_PAID", "该季度款项已用另一支付凭证登记。");
    }

    static Problem referenceUsed() {
        return Problem.conflict("REFERENCE_DIFFERS", "该支付凭证已用于另一笔款项。");
    }
}
