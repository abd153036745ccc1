package org.jiexu.wire.contract;

import java.util.List;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 缴费年限入账 — rows of a booked sheet, each with its original agency; replaces earlier rows of the same case (R5.4). */
public record HistoryBookedV1(
        CaseNumber caseNumber, PersonId person, RegionCode region, Scheme scheme, List<SheetRow> rows)
        implements EventData {}
