package org.jiexu.bus.directory;

import static java.util.Map.entry;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.RegionCode;

/** 地方政策 — dated settings of a region, its province or the country, with the defaults of the rulebook. */
public final class Policies {
    public static final String AUTOMATIC_ISSUE = "automatic.issue";
    public static final String AUTOMATIC_CONFIRM = "automatic.confirm";
    /** What becomes of an account that does not move with its relationship: STAYS or PAID_OUT (R2.10). */
    public static final String ACCOUNT_LEFT = "account.left";
    /** Whether what stayed is paid out when the person asks for it later: true or false; empty: as account.left (R2.10). */
    public static final String ACCOUNT_PAY_OUT = "account.payOut";

    /** Residents within the current coverage year: refuse or accept; asked of the receiving region (43号 Art. 5.2, R1.3). */
    public static final String RESIDENT_SAME_YEAR = "resident.sameYear";
    /** Grounds of practice: true adds them to a region's checks, on a stated basis (43号 Art. 15). */
    public static final String GROUND_MEDICAL_COSTS = "ground.MEDICAL_COSTS_UNSETTLED";

    public static final String GROUND_POSTING_PENDING = "ground.POSTING_PENDING";
    public static final String GROUND_ARREARS = "ground.ARREARS";
    public static final String GROUND_OVERDRAWN = "ground.ACCOUNT_OVERDRAWN";
    public static final String ISSUE_WORKING_DAYS = "issue.workingDays";
    public static final String BOOK_WORKING_DAYS = "book.workingDays";
    public static final String CORRECT_WORKING_DAYS = "correct.workingDays";
    public static final String CREDIT_WORKING_DAYS = "credit.workingDays";
    public static final String PROMISE_WORKING_DAYS = "promise.workingDays";
    public static final String SUPPLEMENT_WORKING_DAYS = "supplement.workingDays";
    public static final String MATCH_WORKING_DAYS = "match.workingDays";
    public static final String WARN_WORKING_DAYS = "warn.workingDays";
    /** So many working days after a limit is overdue the province is told; 0: never (R4.7). */
    public static final String DEADLINE_ESCALATION = "deadline.escalation";
    /** Staff review of an instant case above the province's limit (R6.3). */
    public static final String REVIEW_WORKING_DAYS = "review.workingDays";
    /** When a window asks for the 参保凭证: NEVER, OFF_PLATFORM or ALWAYS (R2.3). */
    public static final String MATERIALS_CERTIFICATE = "materials.certificate";
    /** The agency's account for remittances, as a contact letter states it: name;bank;bank number;account number (R9.3). */
    public static final String REMITTANCE_ACCOUNT = "remittance.account";
    /** 政务服务事项编码, as the region's papers carry it (R9.2); empty: none. */
    public static final String SERVICE_ITEM = "service.item";
    /** 免申即转: new registrations from this day on are followed by the older records of the province; empty: never (R6.1). */
    public static final String INSTANT_AUTOMATIC_SINCE = "instant.automaticSince";
    /** 秒到账 on application, inside the province (R6.2). */
    public static final String INSTANT_ON_APPLICATION = "instant.onApplication";
    /** Above this amount a clerk reviews an instant case; empty: no limit (R6.3). */
    public static final String INSTANT_LIMIT = "instant.limit";
    /** What becomes of the account inside the province: MOVES, PAID_OUT or STAYS (rulebook 13). */
    public static final String INSTANT_ACCOUNT = "instant.account";
    /** 待遇享受等待期 in the employee scheme, in months (R8.2). */
    public static final String BENEFITS_EMPLOYEE_WAITING = "benefits.employee.waitingMonths";
    /** 待遇享受等待期 in the resident scheme: months, or fixed, per further missed year, years, at least (R8.2). */
    public static final String BENEFITS_RESIDENT_WAITING = "benefits.resident.waitingMonths";
    /** How long after the month of the first payment missing months can be paid (R8.4). */
    public static final String BENEFITS_BACK_PAYMENT_MONTHS = "benefits.backPaymentMonths";

    public static final String CLEARING_GENERATE_ON = "clearing.generateOn";
    public static final String PAY_UP_WORKING_DAYS = "payUp.workingDays";
    public static final String PAY_DOWN_WORKING_DAYS = "payDown.workingDays";

    /** The most, in yuan, that a batch booked by hand may put on or take from one person's account (R11.5). */
    public static final String HAND_PERSON_CEILING = "byHand.personCeiling";
    /** The most, in yuan, that a batch booked by hand may move in all (R11.5). */
    public static final String HAND_BATCH_CEILING = "byHand.batchCeiling";

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            entry(AUTOMATIC_ISSUE, "false"),
            entry(AUTOMATIC_CONFIRM, "false"),
            entry(RESIDENT_SAME_YEAR, "refuse"),
            entry(GROUND_MEDICAL_COSTS, "false"),
            entry(GROUND_POSTING_PENDING, "false"),
            entry(GROUND_ARREARS, "false"),
            entry(GROUND_OVERDRAWN, "false"),
            // R2.10: it stays with the old region unless that pays it out to the person (划转或提取).
            entry(ACCOUNT_LEFT, "STAYS"),
            // House rule: a region that pays out on leaving pays out afterwards too.
            entry(ACCOUNT_PAY_OUT, ""),
            // 43号 Art. 8: ten working days from acceptance.
            entry(ISSUE_WORKING_DAYS, "10"),
            // 43号 Art. 9: five working days from receipt of the sheet.
            entry(BOOK_WORKING_DAYS, "5"),
            entry(CORRECT_WORKING_DAYS, "5"),
            entry(CREDIT_WORKING_DAYS, "5"),
            entry(PROMISE_WORKING_DAYS, "15"),
            // House rule: no source limits how long an incomplete application is kept.
            entry(SUPPLEMENT_WORKING_DAYS, "30"),
            entry(MATCH_WORKING_DAYS, "15"),
            entry(WARN_WORKING_DAYS, "3,1"),
            // House rule R4.7: five working days.
            entry(DEADLINE_ESCALATION, "5"),
            // R6.3: one working day.
            entry(REVIEW_WORKING_DAYS, "1"),
            // House rule R2.3: the platform itself knows what the certificate would say.
            entry(MATERIALS_CERTIFICATE, "OFF_PLATFORM"),
            entry(REMITTANCE_ACCOUNT, ""),
            entry(SERVICE_ITEM, ""),
            // R6: where a province says nothing, the ordinary path.
            entry(INSTANT_AUTOMATIC_SINCE, ""),
            entry(INSTANT_ON_APPLICATION, "false"),
            entry(INSTANT_LIMIT, ""),
            entry(INSTANT_ACCOUNT, "MOVES"),
            // R7.1: the table is made on that working day of the next quarter.
            entry(CLEARING_GENERATE_ON, "1"),
            // 湘医保办发〔2025〕12号 三 (R7.3): paid up within twenty working days, down within ten after the last one.
            entry(PAY_UP_WORKING_DAYS, "20"),
            entry(PAY_DOWN_WORKING_DAYS, "10"),
            // 43号 Art. 11: in principle at most six months. Where a region says nothing, nobody is promised less.
            entry(BENEFITS_EMPLOYEE_WAITING, "6"),
            entry(BENEFITS_RESIDENT_WAITING, "6"),
            entry(BENEFITS_BACK_PAYMENT_MONTHS, "3"),
            // House rule R11.5: what machines bring in bulk does not come by hand.
            entry(HAND_PERSON_CEILING, "100000.00"),
            entry(HAND_BATCH_CEILING, "20000000.00"));

    private final Directory directory;
    private final Clock clock;

    public Policies(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** What holds where nobody has said anything. */
    public static String standard(String name) {
        var standard = DEFAULTS.get(name);
        if (standard == null) {
            throw new IllegalArgumentException("no policy is called " + name);
        }
        return standard;
    }

    public boolean flag(String name, RegionCode region) {
        return Boolean.parseBoolean(text(name, region));
    }

    /** R2.10: what stayed on an account is paid out later on. */
    public boolean paysOutWhatStays(RegionCode region) {
        var said = text(ACCOUNT_PAY_OUT, region);
        return said.isBlank()
                ? text(ACCOUNT_LEFT, region).equals(AccountWish.PAID_OUT.name())
                : Boolean.parseBoolean(said);
    }

    public int number(String name, RegionCode region) {
        return Integer.parseInt(text(name, region));
    }

    public List<Integer> numbers(String name, RegionCode region) {
        return Stream.of(text(name, region).split(",", -1))
                .map(String::strip)
                .map(Integer::valueOf)
                .toList();
    }

    /** Throws {@link IllegalArgumentException} for a name that no policy has. */
    public String text(String name, RegionCode region) {
        var standard = standard(name);
        return directory.policy(name, region, LocalDate.now(clock)).orElse(standard);
    }
}
