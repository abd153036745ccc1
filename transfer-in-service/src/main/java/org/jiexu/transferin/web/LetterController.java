package org.jiexu.transferin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.SealedLetter;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.LetterStore;
import org.jiexu.wire.sheet.ContactLetter;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 联系函 — for the case's parties, to be read, printed and checked (R2.5, R9.4). */
@RestController
@RequestMapping("/api/v1/transfers/{number}/documents/contact-letter")
public class LetterController {
    private final CaseStore cases;
    private final LetterStore letters;

    public LetterController(CaseStore cases, LetterStore letters) {
        this.cases = cases;
        this.letters = letters;
    }

    /** The letter, and the exact text that the seal covers. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LetterView(
            String letterNumber, Instant issuedAt, ContactLetter letter, String text, String sealKeyId, Bytes seal) {
        static LetterView of(SealedLetter letter) {
            return new LetterView(
                    letter.letterNumber(),
                    letter.issuedAt(),
                    letter.read(),
                    letter.text(),
                    letter.keyId(),
                    letter.seal());
        }

        /** Without the person. */
        @Override
        public String toString() {
            return "LetterView[" + letterNumber + "]";
        }
    }

    /** 404 also for an online application: it needs no letter. */
    @GetMapping
    LetterView letter(@PathVariable String number, Caller caller) {
        if (!CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        return cases.find(new CaseNumber(number))
                .filter(file -> Visibility.maySee(caller, file))
                .flatMap(file -> letters.find(file.number()))
                .map(LetterView::of)
                .orElseThrow(Problem::notFound);
    }
}
