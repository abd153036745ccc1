package org.jiexu.transferout.registry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.SheetContent;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.springframework.stereotype.Component;

/** Rows, head and agency for sheets, many cases in one call. Never inside a transaction. */
@Component
public class SheetRows {
    private final RegistryClient registry;

    SheetRows(RegistryClient registry) {
        this.registry = registry;
    }

    record Question(List<QuestionItem> items) {}

    record QuestionItem(CaseNumber number, PersonId person, RegionCode region, Scheme scheme) {}

    record Reply(List<ReplyItem> items) {}

    record ReplyItem(CaseNumber number, InfoSheet.Head head, List<SheetRow> rows, SheetContent.Agency agency) {}

    /** What the registry knows; a case that it does not know is absent. */
    public Map<CaseNumber, SheetContent> of(Collection<OutgoingCase> cases) {
        var question = new Question(cases.stream()
                .map(one -> new QuestionItem(
                        one.number(),
                        one.known().person(),
                        one.sending(),
                        one.known().scheme()))
                .toList());
        var reply = registry.post("/internal/sheet-rows", question, Reply.class);
        return reply.items().stream()
                .collect(Collectors.toMap(
                        ReplyItem::number, item -> new SheetContent(item.head(), item.rows(), item.agency())));
    }
}
