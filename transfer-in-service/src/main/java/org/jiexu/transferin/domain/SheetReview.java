package org.jiexu.transferin.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetRules;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonName;

/** 核对信息表 — whether a sheet belongs to the case, and whether it can be booked (43号 Art. 9, R5.3). */
public final class SheetReview {
    /** 个人信息不符. */
    public static final CodedReason OTHER_PERSON =
            new CodedReason("HEAD_DIFFERS", "信息表表头的姓名或证件号码与申请不一致", "请核对参保人信息后重新开具");
    /** 金额不符. */
    public static final CodedReason OTHER_AMOUNT = new CodedReason("AMOUNT_DIFFERS", "信息表表尾金额与划转金额不一致", "请按实际划转金额重新开具");
    /** 不应划转. */
    public static final CodedReason NOTHING_MOVES =
            new CodedReason("ACCOUNT_NOT_TO_MOVE", "申请载明个人账户不划转，信息表却列有转出金额", "请收回资金，按转出金额0.00元重新办理");

    private SheetReview() {}

    /** Why this text can never be a sheet of this case, however often it is corrected; empty when it is one. */
    public static Optional<String> contradiction(CaseFile file, int version, InfoSheet sheet) {
        if (!sheet.caseNumber().equals(file.number())) {
            return Optional.of("the sheet names another case");
        }
        if (!sheet.from().equals(file.sending()) || !sheet.to().equals(file.receiving())) {
            return Optional.of("the sheet names other regions");
        }
        return sheet.version() == version ? Optional.empty() : Optional.of("the sheet states another version");
    }

    /** Every coded reason to return the sheet; none when it can be booked. */
    public static List<CodedReason> faults(CaseFile file, ReceivedSheet received, InfoSheet sheet) {
        var faults = new ArrayList<CodedReason>();
        var application = file.application();
        if (!PersonName.same(sheet.head().name(), application.name())
                || !sheet.head().certificate().equals(application.certificate())) {
            faults.add(OTHER_PERSON);
        }
        if (!sheet.foot().amount().equals(received.amount())) {
            faults.add(OTHER_AMOUNT);
        }
        // R2.10, R11.4: only an account that moves puts an amount on the sheet.
        if (application.wishes().account() != AccountWish.MOVES
                && received.amount().isPositive()) {
            faults.add(NOTHING_MOVES);
        }
        faults.addAll(SheetRules.faults(sheet));
        return List.copyOf(faults);
    }
}
