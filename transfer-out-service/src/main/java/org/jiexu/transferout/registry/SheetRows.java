package org.jiexu.transferout.registry;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.bus.client.SheetRowsAnswer;
import org.jiexu.bus.client.SheetRowsRequest;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.SheetContent;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.stereotype.Component;

/** Rows, head and agency for sheets, many cases in one call. Never inside a transaction. */
@Component
public class SheetRows {
    private final RegistryClient registry;

    SheetRows(RegistryClient registry) {
        this.registry = registry;
    }

    /** What the registry knows; a case that it does not know is absent. */
    public Map<CaseNumber, SheetContent> of(Collection<OutgoingCase> cases) {
        var request = new SheetRowsRequest(cases.stream()
                .map(one -> new SheetRowsRequest.Item(
                        one.number(),
                        one.known().person(),
                        one.sending(),
                        one.known().scheme()))
                .toList());
        return registry.sheetRows(request).items().stream()
                .collect(Collectors.toMap(SheetRowsAnswer.Item::number, SheetRows::content));
    }

    private static SheetContent content(SheetRowsAnswer.Item item) {
        var agency = item.agency();
        return new SheetContent(
                item.head(),
                item.rows(),
                new SheetContent.Agency(agency.name(), agency.telephone(), agency.code(), agency.clerk()));
    }
}
