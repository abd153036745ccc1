package org.jiexu.transferout.domain;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.wire.contract.ResumptionReason;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;

/** 不予办理的原因 — the coded reasons with which the old region ends a case after acceptance (R3.4). */
public final class DeclineReasons {
    /** The person has resumed participation here. */
    public static final CodedReason RESUMED = new CodedReason("RESUMED_THERE", "参保人已在转出地恢复参保", "在转出地中止参保后可重新申请");

    /** The person has died; nothing is said of a return. */
    public static final CodedReason DIED = new CodedReason("PERSON_DIED", "参保人已登记死亡，转移不再办理", "个人账户余额由继承人向转出地经办机构申请办理");

    /** Neither months nor money are left there. */
    public static final CodedReason NOTHING_TO_TRANSFER =
            new CodedReason("NOTHING_TO_TRANSFER", "转出地没有可转移的缴费记录和个人账户余额", "不需要办理；如与实际不符，请与转出地经办机构核实");

    /** No months are left there, and what lies on the account was not to move. */
    private static final CodedReason ONLY_MONEY_THAT_STAYS = new CodedReason(
            NOTHING_TO_TRANSFER.code(), "转出地没有可转移的缴费记录，个人账户余额按申请不划转", "余额仍在转出地的个人账户；可以重新申请划转，或者按转出地规定申请提取");

    /** The history is longer than one sheet that can travel; nothing was remitted. */
    public static final CodedReason SHEET_TOO_LARGE =
            new CodedReason("SHEET_TOO_LARGE", "历史参保记录过多，信息表超出可以传送的篇幅", "请与转出地经办机构联系，核对并整理历史参保记录后可重新申请；个人账户余额没有划转");

    private static final Map<String, CodedReason> BY_STAFF = Stream.of(
                    NOTHING_TO_TRANSFER,
                    RESUMED,
                    DIED,
                    SHEET_TOO_LARGE,
                    new CodedReason("STILL_INSURED_THERE", "转出地尚未中止参保", "在转出地中止参保后可重新申请"),
                    new CodedReason("RECORD_IN_DISPUTE", "参保缴费记录有争议，暂不能转出", "与转出地经办机构核实记录后可重新申请"),
                    new CodedReason("ACCOUNT_NOT_CLEAR", "个人账户暂不能转出", "与转出地经办机构结清个人账户后可重新申请"),
                    new CodedReason("WRONG_PERSON", "申请人与转出地参保记录不一致", "核对姓名和证件号码后可重新申请"))
            .collect(Collectors.toUnmodifiableMap(CodedReason::code, Function.identity()));

    private DeclineReasons() {}

    /** R2.10: nothing is there; or no months, and money that was not to move. */
    public static CodedReason nothingToTransfer(AccountWish account) {
        return switch (account) {
            case MOVES -> NOTHING_TO_TRANSFER;
            case PAID_OUT, STAYS -> ONLY_MONEY_THAT_STAYS;
        };
    }

    /** R3.5: why the relationship is no longer held for the transfer. */
    public static CodedReason of(ResumptionReason why) {
        return switch (why) {
            case RESUMED -> RESUMED;
            case DIED -> DIED;
        };
    }

    /** R1.6: at most one open case for a person, old region and old scheme; the reason names the open one. */
    public static CodedReason openTransfer(CaseNumber open) {
        return new CodedReason("OPEN_TRANSFER", "该参保关系已有在办的转移业务（" + open + "）", "请等待在办业务结束后再申请");
    }

    /** A reason that staff may give. */
    public static Optional<CodedReason> ofCode(String code) {
        return Optional.ofNullable(BY_STAFF.get(code));
    }
}
