package org.jiexu.transferin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.CasePaper;
import org.jiexu.transferin.domain.SealedPaper;
import org.jiexu.transferin.postgres.CasePaperStore;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 业务单据 — for the case's parties and both regions' people, to be read, printed and checked (R9.2, R9.4). */
@RestController
@RequestMapping("/api/v1/transfers/{number}/documents")
public class CasePaperController {
    private final CaseStore cases;
    private final CasePaperStore papers;

    public CasePaperController(CaseStore cases, CasePaperStore papers) {
        this.cases = cases;
        this.papers = papers;
    }

    /** What there is so far; {@code kind} is the last part of its address. */
    public record PaperLine(String kind, String title, Instant issuedAt) {}

    public record PaperList(List<PaperLine> items) {}

    /** The paper, and the exact text that the seal covers. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PaperView(
            String kind, String title, Instant issuedAt, CasePaper paper, String text, String sealKeyId, Bytes seal) {
        static PaperView of(SealedPaper paper) {
            return new PaperView(
                    paper.kind().path(),
                    paper.kind().title(),
                    paper.issuedAt(),
                    paper.read(),
                    paper.text(),
                    paper.keyId(),
                    paper.seal());
        }

        /** Without the person. */
        @Override
        public String toString() {
            return "PaperView[" + kind + "]";
        }
    }

    @GetMapping
    PaperList papers(@PathVariable String number, Caller caller) {
        return new PaperList(papers.of(visible(number, caller).number()).stream()
                .map(paper -> new PaperLine(paper.kind().path(), paper.kind().title(), paper.issuedAt()))
                .toList());
    }

    @GetMapping("/{kind}")
    PaperView paper(@PathVariable String number, @PathVariable String kind, Caller caller) {
        var file = visible(number, caller);
        return Stream.of(CasePaper.Kind.values())
                .filter(known -> known.path().equals(kind))
                .findFirst()
                .flatMap(known -> papers.find(file.number(), known))
                .map(PaperView::of)
                .orElseThrow(Problem::notFound);
    }

    private CaseFile visible(String number, Caller caller) {
        if (!CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        return cases.find(new CaseNumber(number))
                .filter(file -> Visibility.maySee(caller, file))
                .orElseThrow(Problem::notFound);
    }
}
