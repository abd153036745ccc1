package org.jiexu.settlement.clearing;

import java.time.Instant;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.postgres.PaymentStepStore;
import org.jiexu.settlement.postgres.PaymentStepStore.Payment;
import org.jiexu.wire.vocabulary.Fen;
import org.springframework.stereotype.Component;

/**
 * 双人登记 — a payment of the clearing is prepared by one person and booked by another, who enters reference and amount from
 * the bank's paper once more. Called in the transaction that holds the payment's own lock.
 */
@Component
class TwoPersons {
    private final PaymentStepStore steps;

    TwoPersons(PaymentStepStore steps) {
        this.steps = steps;
    }

    /** The first half. What was prepared otherwise and not approved is replaced: it may have been a slip of the pen. */
    void prepare(Payment payment, Fen amount, String reference, Caller maker, Instant now) {
        steps.prepare(payment, reference, amount, maker.subject(), now);
    }

    /** The second half: another person, and the very same payment. Returns both. */
    Hands approve(Payment payment, Fen amount, String reference, Caller checker, Instant now) {
        var step = steps.step(payment).orElseThrow(() -> Problem.conflict("NOT_PREPARED", "该笔款项尚未经办登记，不能复核。"));
        if (!step.reference().equals(reference) || !step.amount().equals(amount)) {
            throw Problem.conflict("PREPARED_OTHERWISE", "复核的支付凭证或金额与经办登记的不一致。");
        }
        if (step.preparedBy().equals(checker.subject())) {
            throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
        }
        steps.approve(payment, checker.subject(), now);
        return new Hands(Hands.Act.PAYMENT, step.preparedBy(), checker.subject());
    }
}
