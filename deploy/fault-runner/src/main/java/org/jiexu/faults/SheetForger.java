package org.jiexu.faults;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.client.SheetRowsAnswer;
import org.jiexu.sandbox.Door;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.sheet.AmountInCapitals;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** Writes 信息表 with true rows, the seal of a region, and whatever amount it is told. */
final class SheetForger {
    private static final String USER = "service-lying-region";

    private final Door door;
    private final URI registry;
    private final Sm2KeyPair seal;
    private final LocalDate date;

    SheetForger(Door door, URI registry, Sm2KeyPair seal, LocalDate date) {
        this.door = door;
        this.registry = registry;
        this.seal = seal;
        this.date = date;
    }

    InfoSheetIssuedV1 sheet(CaseNumber number, TransferAcceptedV1 accepted, Fen amount, RemittanceNumber remittance) {
        var rows = rows(number, accepted);
        var foot = new InfoSheet.Foot(
                AmountInCapitals.write(amount),
                amount,
                rows.agency().clerk(),
                rows.agency().telephone(),
                rows.agency().name(),
                date);
        var sheet = new InfoSheet(number, 1, accepted.from(), accepted.to(), rows.head(), rows.rows(), foot);
        var sealed = SealedSheet.seal(sheet, seal);
        return new InfoSheetIssuedV1(1, sealed.text(), sealed.keyId(), sealed.seal(), amount, remittance);
    }

    private SheetRowsAnswer.Item rows(CaseNumber number, TransferAcceptedV1 accepted) {
        var answer = door.postTo(
                        registry,
                        USER,
                        "/internal/sheet-rows",
                        Map.of(
                                "items",
                                List.of(Map.of(
                                        "number", number.value(),
                                        "person", accepted.person().value(),
                                        "region", accepted.from().value(),
                                        "scheme", accepted.fromScheme().code()))))
                .expect(200);
        return WireJson.read(answer.body().toString(), SheetRowsAnswer.class)
                .items()
                .getFirst();
    }
}
