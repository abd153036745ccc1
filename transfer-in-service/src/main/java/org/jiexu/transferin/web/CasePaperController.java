package org.jiexu.transferin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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

    /**
     * What there is so far; {@code kind} is the last part of its address.
     *
     * @param holds false where a later paper of the kind says more, because the money was taken back (R7.6)
     */
    public record PaperLine(String kind, int issue, String title, Instant issuedAt, boolean holds) {}

    public record PaperList(List<PaperLine> items) {}

    /** The paper, and the exact text that the seal covers. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PaperView(
            String kind, String title, Instant issuedAt, CasePaper paper, String text, String sealKeyId, Bytes seal) {
        static PaperView of(SealedPaper paper) {
            return new PaperView(
                    paper.kind().path(),
                    paper.read().title(),
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
        var all = papers.of(visible(number, caller).number());
        return new PaperList(all.stream()
                .map(paper -> {
                    var kind = all.stream()
                            .filter(other -> other.kind() == paper.kind())
                            .toList();
                    return new PaperLine(
                            paper.kind().path(),
                            kind.indexOf(paper) + 1,
                            paper.read().title(),
                            paper.issuedAt(),
                            paper.equals(kind.getLast()));
                })
                .toList());
    }

    /** The one that holds, or the one that is asked for by its {@code issue}, counted from 1. */
    @GetMapping("/{kind}")
    PaperView paper(
            @PathVariable String number,
            @PathVariable String kind,
            @RequestParam(required = false) @Nullable Integer issue,
            Caller caller) {
        var file = visible(number, caller);
        return Stream.of(CasePaper.Kind.values())
                .filter(known -> known.path().equals(kind))
                .findFirst()
                .map(known -> papers.of(file.number(), known))
                .flatMap(issued -> chosen(issued, issue))
                .map(PaperView::of)
                .orElseThrow(Problem::notFound);
    }

    /** Empty where there are fewer. */
    private static Optional<SealedPaper> chosen(List<SealedPaper> issued, @Nullable Integer issue) {
        int place = issue == null ? issued.size() : issue;
        return place >= 1 && place <= issued.size() ? Optional.of(issued.get(place - 1)) : Optional.empty();
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
