package org.jiexu.wire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.sheet.ContactLetter;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetLimits;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The largest event of each type that the doors let come into being, with the characters that need most bytes, is one that
 * its readers take. A new text or list in a contract has to state here how long it can become, and its door has to keep that.
 */
class LargestEventTest {
    /** Four bytes in UTF-8, as many as a quotation mark needs in a text inside of a text. */
    private static final String WIDEST = "\uD842\uDFB7";

    /** Longest texts in characters; what only the platform itself writes is counted generously. */
    private static final Map<String, Integer> TEXTS = new HashMap<>();

    /** Most items of lists. */
    private static final Map<String, Integer> LISTS = new HashMap<>();

    static {
        // Written by people.
        TEXTS.put("SheetRow.agencyName", SheetLimits.AGENCY_NAME);
        TEXTS.put("SheetRow.remark", SheetLimits.REMARK);
        TEXTS.put("SheetRow.agencyRegion", 6);
        TEXTS.put("Head.name", SheetLimits.NAME);
        TEXTS.put("Head.sex", 1);
        TEXTS.put("Foot.amountInCapitals", SheetLimits.CAPITALS);
        TEXTS.put("Foot.clerk", SheetLimits.CLERK);
        TEXTS.put("Foot.telephone", SheetLimits.TELEPHONE);
        TEXTS.put("Foot.agency", SheetLimits.AGENCY_NAME);
        LISTS.put("InfoSheet.rows", SheetLimits.ROWS);
        LISTS.put("HistoryBookedV1.rows", SheetLimits.ROWS);
        TEXTS.put("TransferRemindedV1.text", 500);
        TEXTS.put("ReminderAnsweredV1.text", 500);
        TEXTS.put("TransferPausedV1.reason", 200);
        TEXTS.put("DeadlineStatusV1.pauseReason", 200);
        TEXTS.put("ReturnedV1.reason", 200);
        // The ground of a correction, as its clerk may write it.
        for (var told : new String[] {"DebtRecordedV1", "AccountLeftV1", "TakenBackV1"}) {
            TEXTS.put(told + ".ground", 200);
        }
        TEXTS.put("PaymentUpV1.reference", 64);
        TEXTS.put("PaymentDownV1.reference", 64);
        TEXTS.put("CaseProgressedV1.employer", 18);
        LISTS.put("TransferSupplementedV1.materials", 20);
        TEXTS.put("TransferSupplementedV1.materials", 40);
        // A clerk chooses each code once; what stands on paper is typed, twenty reasons of two hundred characters.
        LISTS.put("TransferDeclinedV1.reasons", 20);
        LISTS.put("InfoSheetReturnedV1.reasons", 20);
        LISTS.put("CaseProgressedV1.reasons", 30);
        TEXTS.put("CodedReason.code", 60);
        TEXTS.put("CodedReason.message", 200);
        TEXTS.put("CodedReason.remedy", 200);
        LISTS.put("PayOutProgressedV1.reasons", 1);
        // The person of a letter.
        TEXTS.put("Person.name", 100);
        TEXTS.put("Person.sex", 1);
        TEXTS.put("Person.telephone", 40);
        TEXTS.put("Person.household", 200);
        TEXTS.put("ContactLetter.letterNumber", 100);
        TEXTS.put("ContactLetter.oldAgency", 100);
        TEXTS.put("ContactLetter.clerk", 100);
        for (var field : new String[] {
            "name",
            "address",
            "postcode",
            "telephone",
            "administrativeCode",
            "accountName",
            "bank",
            "bankNumber",
            "accountNumber"
        }) {
            TEXTS.put("Agency." + field, 100);
        }
        TEXTS.put("ContactLetterIssuedV1.letterNumber", 100);
        // The State Council's notice: 400 lines, names of twenty characters.
        TEXTS.put("CalendarPublishedV1.notice", 100);
        TEXTS.put("CalendarPublishedV1.region", 6);
        LISTS.put("CalendarPublishedV1.days", 400);
        TEXTS.put("CalendarDayV1.name", 20);
        // The registry's own files and settings.
        for (var field : new String[] {"code", "name", "address", "telephone", "supervisionTelephone", "postcode"}) {
            TEXTS.put("AgencyV1." + field, 100);
        }
        LISTS.put("RegionListedV1.agencies", 50);
        LISTS.put("RegionListedV1.endpoints", 4);
        TEXTS.put("RegionListedV1.name", 100);
        TEXTS.put("RegionListedV1.provinceCode", 6);
        TEXTS.put("RegionListedV1.provinceName", 100);
        TEXTS.put("RegionListedV1.kind", 40);
        TEXTS.put("EndpointV1.baseUrl", 500);
        TEXTS.put("PolicyDatedV1.name", 60);
        TEXTS.put("PolicyDatedV1.scope", 6);
        TEXTS.put("PolicyDatedV1.value", 1000);
        TEXTS.put("PolicyDatedV1.basis", 1000);
        // Written by the platform.
        TEXTS.put("InfoSheetIssuedV1.sealKeyId", 64);
        TEXTS.put("ContactLetterIssuedV1.sealKeyId", 64);
        TEXTS.put("KeyRegisteredV1.keyId", 64);
        for (var pause : new String[] {"TransferPausedV1", "TransferResumedV1", "TransferSupplementedV1"}) {
            TEXTS.put(pause + ".pause", 60);
        }
        TEXTS.put("TransferRemindedV1.reminder", 60);
        TEXTS.put("ReminderAnsweredV1.reminder", 60);
        TEXTS.put("CaseProgressedV1.step", 60);
        TEXTS.put("CaseProgressedV1.state", 60);
        TEXTS.put("CaseProgressedV1.channel", 60);
        LISTS.put("CaseProgressedV1.deadlines", 10);
        TEXTS.put("DeadlineEscalatedV1.province", 6);
        TEXTS.put("PersonMergedV1.merge", 60);
        TEXTS.put("PayOutProgressedV1.payOut", 60);
        TEXTS.put("DebtRecordedV1.debt", 60);
        TEXTS.put("DebtRecordedV1.quarter", 6);
        TEXTS.put("DebtRecordedV1.corrects", 60);
        for (var quarterly : new String[] {"QuarterStatedV1", "ClearingGeneratedV1", "PaymentUpV1", "PaymentDownV1"}) {
            TEXTS.put(quarterly + ".quarter", 6);
        }
        TEXTS.put("ClearingGeneratedV1.digest", 64);
        // Thirty regions that all owe each other: the largest province has twenty-one.
        LISTS.put("ClearingGeneratedV1.pairs", 30 * 29);
    }

    private static final RegionCode REGION = new RegionCode("430100");
    private static final CaseNumber NUMBER = CaseNumber.random(REGION, 2026, new Random(1));
    private static final Instant MOMENT = Instant.parse("2026-09-14T01:00:00.123456789Z");
    private static final Sm2KeyPair KEY = Sm2KeyPair.generate();

    private static final Map<Class<?>, Supplier<?>> VALUES = Map.ofEntries(
            Map.entry(Instant.class, () -> MOMENT),
            Map.entry(LocalDate.class, () -> LocalDate.of(2026, 12, 31)),
            Map.entry(YearMonth.class, () -> YearMonth.of(2026, 12)),
            Map.entry(int.class, () -> Integer.MIN_VALUE),
            Map.entry(Integer.class, () -> Integer.MIN_VALUE),
            Map.entry(long.class, () -> Long.MIN_VALUE),
            Map.entry(boolean.class, () -> false),
            Map.entry(Boolean.class, () -> false),
            Map.entry(Fen.class, () -> Fen.parse("-999999999999.99")),
            Map.entry(RegionCode.class, () -> REGION),
            Map.entry(CaseNumber.class, () -> NUMBER),
            Map.entry(PersonId.class, () -> new PersonId("P7KQ4M2XD9ABC")),
            Map.entry(RemittanceNumber.class, () -> new RemittanceNumber(NUMBER, 999_999)),
            Map.entry(Source.class, () -> Source.of(REGION, ServiceName.SETTLEMENT)),
            Map.entry(Certificate.class, () -> new Certificate(CertificateType.OTHER, "X".repeat(30))),
            // A signature in DER, or an uncompressed point.
            Map.entry(Bytes.class, () -> Bytes.of(new byte[100])));

    @ParameterizedTest
    @EnumSource(EventType.class)
    void isTakenByItsReaders(EventType type) throws ReflectiveOperationException {
        var data = (EventData)
                largest(type.dataClass(), type.dataClass(), type.dataClass().getSimpleName());
        var envelope = new Envelope(
                        "0199a1b2-0000-7000-8000-000000000000",
                        Source.of(REGION, ServiceName.SETTLEMENT).toString(),
                        type.wireName(),
                        REGION.value(),
                        NUMBER.value(),
                        MOMENT.toString(),
                        Long.MAX_VALUE,
                        "0199a1b2-0000-7000-8000-000000000000",
                        "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01",
                        "",
                        Bytes.of(new byte[0]),
                        WireJson.write(data))
                .signedBy(KEY);

        assertThat(envelope.data().length()).isLessThanOrEqualTo(Envelope.MOST_DATA_BYTES);
        assertThat(envelope.isSignedBy(KEY.publicKey())).isTrue();
        assertThat(WireJson.read(envelope.data(), type.dataClass())).isEqualTo(data);
    }

    /** A sheet that has gathered more rows than one door takes is measured before it leaves; booking it adds nothing. */
    @Test
    void whatIsBookedIsSmallerThanTheSheetThatBroughtIt() throws ReflectiveOperationException {
        var issued = (InfoSheetIssuedV1) record(InfoSheetIssuedV1.class);
        var sheet = WireJson.read(issued.sheet(), InfoSheet.class);
        var booked = new HistoryBookedV1(NUMBER, new PersonId("P7KQ4M2XD9ABC"), REGION, Scheme.EMPLOYEE, sheet.rows());

        assertThat(WireJson.write(booked).length())
                .isLessThan(WireJson.write(issued).length());
    }

    private static Object largest(Class<?> type, Type generic, String place) throws ReflectiveOperationException {
        var value = VALUES.get(type);
        if (value != null) {
            return Objects.requireNonNull(value.get());
        }
        if (type == String.class) {
            return text(place);
        }
        if (type.isEnum()) {
            return Arrays.stream((Enum<?>[]) type.getEnumConstants())
                    .max(Comparator.comparingInt(constant -> constant.name().length()))
                    .orElseThrow();
        }
        if (type.isRecord()) {
            return record(type);
        }
        var most = LISTS.get(place);
        assertThat(most)
                .as("how many items %s can have has to be stated", place)
                .isNotNull();
        var item = ((ParameterizedType) generic).getActualTypeArguments()[0];
        return Collections.nCopies(Objects.requireNonNull(most), largest((Class<?>) item, item, place));
    }

    private static Object record(Class<?> type) throws ReflectiveOperationException {
        var components = type.getRecordComponents();
        var arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = largest(
                    components[i].getType(),
                    components[i].getGenericType(),
                    type.getSimpleName() + "." + components[i].getName());
        }
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(type.getSimpleName() + " refuses the largest values", e.getCause());
        }
    }

    private static String text(String place) throws ReflectiveOperationException {
        switch (place) {
            case "InfoSheetIssuedV1.sheet" -> {
                return WireJson.text(record(InfoSheet.class));
            }
            case "ContactLetterIssuedV1.letter" -> {
                return WireJson.text(record(ContactLetter.class));
            }
            default -> {
                var most = TEXTS.get(place);
                assertThat(most)
                        .as("how long %s can become has to be stated", place)
                        .isNotNull();
                return WIDEST.repeat(Objects.requireNonNull(most));
            }
        }
    }
}
