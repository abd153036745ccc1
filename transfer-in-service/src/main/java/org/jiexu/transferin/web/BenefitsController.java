package org.jiexu.transferin.web;

import org.jiexu.bus.client.BenefitsAnswer;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.ShowBenefits;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** 待遇衔接 — for everybody who may see the case. */
@RestController
public class BenefitsController {
    private final CaseStore cases;
    private final ShowBenefits showBenefits;

    public BenefitsController(CaseStore cases, ShowBenefits showBenefits) {
        this.cases = cases;
        this.showBenefits = showBenefits;
    }

    @GetMapping("/api/v1/transfers/{number}/benefits")
    BenefitsAnswer benefits(@PathVariable String number, Caller caller) {
        if (!CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        var file = cases.find(new CaseNumber(number))
                .filter(found -> Visibility.maySee(caller, found))
                .orElseThrow(Problem::notFound);
        return showBenefits.of(file);
    }
}
