package org.jiexu.wire.sheet;

import java.time.LocalDate;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 联系函 — the receiving region's letter to the old one for a window application (R2.5, R9.3). Its JSON text is what the
 * receiving region seals.
 *
 * @param letterNumber 编号, e.g. 湖南省（长沙市）（2026）（第 0000001 号）
 * @param oldAgency 转出地医疗保障经办机构名称
 * @param account whether the personal account moves
 * @param scheme 现参保类型
 * @param clerk 经办人, where a clerk of the receiving region entered the application
 */
public record ContactLetter(
        String letterNumber,
        CaseNumber caseNumber,
        RegionCode from,
        String oldAgency,
        RegionCode to,
        Person person,
        AccountWish account,
        Scheme scheme,
        Agency agency,
        @Nullable String clerk,
        LocalDate date) {

    /** 参保人; {@code sex} is 1 男, 2 女, 9 未说明. */
    public record Person(
            String name,
            String sex,
            @Nullable Integer age,
            @Nullable String telephone,
            Certificate certificate,
            @Nullable String household) {
        @Override
        public String toString() {
            return "Person[" + certificate + "]";
        }
    }

    /** 转入地经办机构, and the account that the balance is to be sent to. */
    public record Agency(
            String name,
            @Nullable String address,
            @Nullable String postcode,
            @Nullable String telephone,
            String administrativeCode,
            @Nullable String accountName,
            @Nullable String bank,
            @Nullable String bankNumber,
            @Nullable String accountNumber) {}
}
