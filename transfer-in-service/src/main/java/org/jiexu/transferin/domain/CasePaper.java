package org.jiexu.transferin.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 业务单据 — what the receiving region hands the applicant at a step of the case. Its JSON text is what the region seals
 * (R9.2, R9.4).
 *
 * @param agency 经办机构
 * @param promisedBy 承诺办结日期: the promise over the whole case (R2.4)
 * @param issueBy 转出地法定时限 (43号 Art. 8); the other of the two dates, which alone decides what is late
 * @param months 转入的缴费月数
 * @param amount 转入的个人账户金额
 * @param serviceItem 政务服务事项编码, where the region has one
 * @param asked on the application form alone
 * @param takenBack 到账冲正: on what is issued after the money was taken back (R7.6); null on every other paper
 */
public record CasePaper(
        Kind kind,
        String title,
        CaseNumber number,
        RegionCode region,
        String agency,
        @Nullable String telephone,
        String name,
        Certificate certificate,
        RegionCode from,
        Scheme fromScheme,
        Scheme toScheme,
        @Nullable LocalDate acceptedOn,
        @Nullable LocalDate promisedBy,
        @Nullable LocalDate issueBy,
        List<CodedReason> reasons,
        @Nullable Integer months,
        @Nullable Fen amount,
        @Nullable String amountInCapitals,
        @Nullable String serviceItem,
        @Nullable Asked asked,
        LocalDate date,
        @Nullable TakenBack takenBack) {

    /** 申请事项 — what was applied for, how the applicant was identified, and what was agreed to (R2.11). */
    public record Asked(
            String channel,
            Application.Cause cause,
            AccountWish account,
            Application.Identification identification,
            String agreementVersion,
            Instant agreedAt) {}

    /** 到账冲正 — the amount above does not stand on the account any more, since when and why. */
    public record TakenBack(Fen amount, Instant takenBackAt, String ground) {}

    /** 单据种类 — in the path of its address, and its title. */
    public enum Kind {
        /** 申请表. */
        APPLICATION("application", "基本医疗保险关系转移接续申请表"),
        /** 受理单 (R2.4). */
        ACCEPTANCE("acceptance", "基本医疗保险关系转移接续受理单"),
        /** 不予受理通知书. */
        REFUSAL("refusal", "基本医疗保险关系转移接续不予受理通知书"),
        /** 电子回执. */
        COMPLETION("completion", "基本医疗保险关系转移接续办结回执"),
        /** 资金到账凭证, where there was money. */
        MONEY_ARRIVAL("money-arrival", "基本医疗保险个人账户资金到账凭证");

        private final String path;
        private final String title;

        Kind(String path, String title) {
            this.path = path;
            this.title = title;
        }

        public String path() {
            return path;
        }

        public String title() {
            return title;
        }

        /** The papers that a step brings; none for most. */
        public static Set<Kind> of(Step step) {
            return switch (step) {
                case SUBMITTED -> EnumSet.of(APPLICATION);
                case ACCEPTED -> EnumSet.of(ACCEPTANCE);
                case REFUSED -> EnumSet.of(REFUSAL);
                case COMPLETED, MONEY_TAKEN_BACK -> EnumSet.of(COMPLETION, MONEY_ARRIVAL);
                case INCOMPLETE,
                        SUPPLEMENTED,
                        WAITING,
                        LETTER_ISSUED,
                        PAPER_POSTED,
                        WITHDRAWAL_REQUESTED,
                        WITHDRAWAL_TOO_LATE,
                        SHEET_RECEIVED,
                        SHEET_RETURNED,
                        MONEY_REMITTED,
                        MONEY_SUSPENDED,
                        BOOKED,
                        YEAR_RUNNING,
                        PAUSED,
                        RESUMED,
                        PAUSED_THERE,
                        RESUMED_THERE,
                        WITHDRAWN,
                        DECLINED -> EnumSet.noneOf(Kind.class);
            };
        }
    }

    /** Without the person. */
    @Override
    public String toString() {
        return "CasePaper[" + kind + ", " + number + "]";
    }
}
