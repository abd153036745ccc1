package org.jiexu.registry.web;

import jakarta.validation.Valid;
import org.jiexu.bus.client.BenefitsAnswer;
import org.jiexu.bus.client.BenefitsRequest;
import org.jiexu.registry.DecideBenefits;
import org.jiexu.registry.DecideBenefits.Moved;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** 待遇衔接 for the receiving region's service, which shows it on the completed case. */
@RestController
class BenefitsController {
    private final DecideBenefits decideBenefits;

    BenefitsController(DecideBenefits decideBenefits) {
        this.decideBenefits = decideBenefits;
    }

    @PostMapping("/internal/benefits")
    BenefitsAnswer benefits(@Valid @RequestBody BenefitsRequest asked) {
        var decision = decideBenefits.of(new Moved(
                asked.number(),
                asked.person(),
                asked.sending(),
                asked.fromScheme(),
                asked.receiving(),
                asked.toScheme()));
        return new BenefitsAnswer(
                decision.isOpen(),
                decision.rule().name(),
                decision.rule().article(),
                decision.lastPaid(),
                decision.firstPaid(),
                decision.gapMonths(),
                decision.waitingMonths(),
                decision.benefitsFrom(),
                decision.firstPaymentBy(),
                decision.backPaymentPossible(),
                decision.backPaymentUntil(),
                decision.coveredFrom(),
                decision.monthsInARow(),
                decision.words(),
                decision.basis());
    }
}
