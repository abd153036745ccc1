package org.jiexu.wire.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** One example of every contract, with every field filled: the case 济宁 → 长沙. */
final class Examples {
    private static final RegionCode JINING = new RegionCode("370800");
    private static final RegionCode CHANGSHA = new RegionCode("430100");
    private static final CaseNumber NUMBER = CaseNumber.random(CHANGSHA, 2026, new Random(1));
    private static final RemittanceNumber REMITTANCE = new RemittanceNumber(NUMBER, 1);
    private static final PersonId PERSON = new PersonId("P7KQ4M2XD9ABC");
    private static final Fen AMOUNT = Fen.parse("1409.50");
    private static final Instant MOMENT = Instant.parse("2026-09-14T01:00:00Z");
    private static final LocalDate DUE = LocalDate.of(2026, 9, 29);
    private static final CodedReason REASON = new CodedReason("ROWS_OVERLAP", "第1、2行的起止年月互相重叠。", "请核对重复缴费的月份。");
    private static final SheetRow ROW = new SheetRow(
            1, YearMonth.of(2012, 7), YearMonth.of(2015, 12), SheetScheme.OTHER, 42, "济宁市医疗保障事业中心", "370800", "公费医疗");

    private Examples() {}

    static Stream<EventData> all() {
        return Stream.of(
                new TransferAcceptedV1(
                        PERSON, JINING, Scheme.EMPLOYEE, CHANGSHA, Scheme.EMPLOYEE, MOMENT, AccountWish.MOVES, true),
                new ContactLetterIssuedV1(
                        "湖南省（长沙市）（2026）（第 0000001 号）", "{}", "0123456789abcdef", Bytes.ofUtf8("seal"), MOMENT),
                new TransferRemindedV1("R1", true, "请尽快办理。", MOMENT),
                new ReminderAnsweredV1("R1", "信息表今日发出。", MOMENT),
                new TransferPausedV1("OUT-1", "请补充提供参保凭证。", MOMENT),
                new TransferResumedV1("OUT-1", MOMENT),
                new TransferSupplementedV1("OUT-1", List.of("IDENTITY"), MOMENT),
                new WithdrawalRequestedV1(MOMENT),
                new TransferWithdrawnV1(MOMENT),
                new TransferDeclinedV1(List.of(REASON), true),
                new InfoSheetIssuedV1(
                        1, WireJson.text(sheet()), "0123456789abcdef", Bytes.ofUtf8("seal"), AMOUNT, REMITTANCE),
                new InfoSheetReturnedV1(1, List.of(REASON), false),
                new TransferCompletedV1(1, AMOUNT),
                new HoldRequestedV1(1, PERSON, Scheme.EMPLOYEE, AccountWish.PAID_OUT),
                new HeldV1(1, AMOUNT),
                new HoldRefusedV1(1, REASON),
                new ReleaseOrderedV1(MOMENT),
                new RemitOrderedV1(REMITTANCE, AMOUNT, CHANGSHA, 1, true),
                new BalanceRemittedV1(REMITTANCE, AMOUNT, JINING, true),
                new CreditOrderedV1(1, AMOUNT, PERSON, Scheme.EMPLOYEE, JINING),
                new NotDueV1(NotDueReason.DECLINED, JINING),
                new CreditedV1(REMITTANCE, AMOUNT, NUMBER),
                new SuspendedV1(REMITTANCE, AMOUNT, SuspenseReason.AMOUNT),
                new TakenBackV1(REMITTANCE, AMOUNT, "重复划转", MOMENT),
                new PayOutOrderedV1(PERSON, Scheme.EMPLOYEE),
                new PaidOutV1(AMOUNT),
                new ReturnedV1(REMITTANCE, AMOUNT, "AMOUNT", true),
                new RelationshipTerminatedV1(NUMBER, PERSON, JINING, Scheme.EMPLOYEE, MOMENT),
                new HistoryBookedV1(NUMBER, PERSON, CHANGSHA, Scheme.EMPLOYEE, List.of(ROW)),
                new ParticipationOpenedV1(PERSON, CHANGSHA, Scheme.EMPLOYEE, DUE, true, MOMENT),
                new ParticipationSuspendedV1(PERSON, JINING, Scheme.EMPLOYEE, MOMENT),
                new ParticipationResumedV1(PERSON, JINING, Scheme.EMPLOYEE, MOMENT, ResumptionReason.DIED),
                new PersonMergedV1("M1", PERSON, new PersonId("P7KQ4M2XD9ABD"), JINING, MOMENT),
                new LeftOverFoundV1(PERSON, JINING, Fen.parse("66.60"), MOMENT),
                new AccountLeftV1(PERSON, JINING, AMOUNT, 2, LeftReason.CORRECTED, true, MOMENT, "重复划转", NUMBER),
                new PayOutProgressedV1(
                        "0199a1b2", PERSON, JINING, PayOutStep.REFUSED, Fen.ZERO, MOMENT, List.of(REASON)),
                progressed(),
                new DeadlineWarnedV1(DeadlineKind.ISSUE, JINING, DUE, 3, MOMENT),
                new DeadlineMissedV1(DeadlineKind.ISSUE, JINING, DUE, MOMENT),
                new DeadlineEscalatedV1(DeadlineKind.ISSUE, JINING, "370000", DUE, MOMENT),
                new DeadlineRevisedV1(limit(), DUE.minusDays(1), true, MOMENT),
                new DebtRecordedV1(
                        REMITTANCE + "-C", REMITTANCE, JINING, CHANGSHA, AMOUNT, MOMENT, REMITTANCE.toString(), "重复划转"),
                new QuarterStatedV1(CHANGSHA, "2026Q3", 1, AMOUNT, MOMENT),
                new ClearingGeneratedV1(
                        "2026Q3",
                        "1ab21d83",
                        1,
                        AMOUNT,
                        MOMENT,
                        DUE,
                        List.of(new ClearingPairV1(JINING, CHANGSHA, 1, AMOUNT))),
                new PaymentUpV1(JINING, "2026Q3", AMOUNT, MOMENT, "BANK-1"),
                new PaymentDownV1(CHANGSHA, "2026Q3", AMOUNT, MOMENT, "BANK-2"),
                region(),
                new KeyRegisteredV1(
                        "0123456789abcdef",
                        Source.of(JINING, ServiceName.TRANSFER_OUT),
                        Bytes.ofUtf8("public key"),
                        MOMENT,
                        MOMENT.plusSeconds(1)),
                new PolicyDatedV1(
                        "issue.workingDays", "430000", "8", LocalDate.of(2026, 1, 1), LocalDate.of(2027, 1, 1), "示例"),
                new CalendarPublishedV1(
                        2026,
                        "*",
                        "国办发明电〔2025〕7号",
                        List.of(new CalendarDayV1(LocalDate.of(2026, 10, 1), "国庆节", false))),
                new ClockMovedV1(MOMENT, MOMENT));
    }

    static InfoSheet sheet() {
        var certificate = new Certificate(CertificateType.IDENTITY_CARD, "900000199003070010");
        return new InfoSheet(
                NUMBER,
                1,
                JINING,
                CHANGSHA,
                new InfoSheet.Head("测试人", certificate, "1"),
                List.of(ROW),
                new InfoSheet.Foot("壹仟肆佰零玖元伍角整", AMOUNT, "经办员", "0537-0000000", "济宁市医疗保障事业中心", DUE));
    }

    private static CaseProgressedV1 progressed() {
        return new CaseProgressedV1(
                NUMBER,
                PERSON,
                JINING,
                CHANGSHA,
                Scheme.EMPLOYEE,
                Scheme.EMPLOYEE,
                "info-sheet.issued",
                "RECEIVED",
                PublicStatus.IN_PROGRESS,
                CHANGSHA,
                MOMENT,
                List.of(limit()),
                "EMPLOYER",
                "91430100MA4L0000X0",
                List.of(REASON),
                AMOUNT);
    }

    private static DeadlineStatusV1 limit() {
        return new DeadlineStatusV1(
                DeadlineKind.BOOK,
                CHANGSHA,
                DUE,
                false,
                MOMENT,
                LocalDate.of(2026, 9, 14),
                5,
                DUE,
                MOMENT,
                "请补充提供参保凭证。",
                MOMENT);
    }

    private static RegionListedV1 region() {
        return new RegionListedV1(
                CHANGSHA,
                "长沙市",
                "430000",
                "湖南省",
                "prefecture",
                true,
                List.of(new AgencyV1(
                        "43010001", CHANGSHA, "长沙市医疗保障事务中心", "示例路1号", "0731-0000000", "0731-0000001", "410000")),
                List.of(new EndpointV1(ServiceName.TRANSFER_IN, "http://127.0.0.1:8082")));
    }

    static Stream<Contract> contracts() {
        return Stream.concat(
                all().map(data -> new Contract(EventType.of(data).wireName(), data)),
                Stream.of(new Contract("info-sheet.text", sheet())));
    }

    /** One record on the wire, its name and its example. */
    record Contract(String name, Record example) {
        private Contract(String name, EventData data) {
            this(name, (Record) data);
        }

        Class<? extends Record> type() {
            return example.getClass();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
