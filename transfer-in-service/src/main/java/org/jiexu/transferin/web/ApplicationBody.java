package org.jiexu.transferin.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.Application.Cause;
import org.jiexu.transferin.domain.Application.Identification;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.Contact;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.transferin.domain.Proof;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonName;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 申请表 — the body of an application, as sent. Every field that is wrong is told at once.
 *
 * @param channel R2.1; who says nothing comes through his role's own
 * @param account 个人账户去向: MOVES, PAID_OUT or STAYS (R2.10); has to be said where the account cannot move along
 * @param oneStop 一站式联办 (R2.8)
 * @param materials what has been shown at the window (R2.3); one that names no channel vouches for all of it
 */
public record ApplicationBody(
        @Nullable Person person,
        @Nullable From from,
        @Nullable String toScheme,
        @Nullable String cause,
        @Nullable IdentificationBody identification,
        @Nullable Agreement agreement,
        @Nullable String channel,
        @Nullable String account,
        @Nullable Boolean oneStop,
        @Nullable List<String> materials) {

    private static final String CAUSES = "转移原因应为WORK（就业）、HOUSEHOLD（户籍）或者RESIDENCE（常住地）。";
    private static final Duration LONGEST_AGO = Duration.ofDays(365);
    private static final Pattern AGREEMENT = Pattern.compile("20[0-9]{2}-(0[1-9]|1[0-2])");
    private static final Pattern SM3 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TELEPHONE = Pattern.compile("[0-9+-]{5,20}");

    /** 参保人. */
    public record Person(
            @Nullable String certificateType,
            @Nullable String certificateNumber,
            @Nullable String name,
            @Nullable String telephone,
            @Nullable String household) {
        /** Nothing: it is about a person. */
        @Override
        public String toString() {
            return "Person";
        }
    }

    /** 转出地. */
    public record From(@Nullable String region, @Nullable String scheme) {}

    /** 身份核验. */
    public record IdentificationBody(
            @Nullable String method, @Nullable Instant at) {}

    /** 承诺书; {@code signature} is the SM3 of the scanned one. */
    public record Agreement(
            @Nullable String version,
            @Nullable Instant at,
            @Nullable String signature) {}

    /** The papers that count as shown when nobody lists them: who names no channel vouches for the usual ones. */
    Set<Paper> papers(Channel through) {
        if (materials == null) {
            return channel == null && through.isWindow()
                    ? Set.of(Paper.IDENTITY_CARD, Paper.PARTICIPATION_CERTIFICATE, Paper.APPLICATION_FORM)
                    : Set.of();
        }
        return ShownPapers.read(materials);
    }

    /**
     * Throws the 400 that names every field that is wrong.
     *
     * @param rules what the person's number is asked; none where name and number come from the register
     */
    Application read(RegionCode receiving, Instant now, @Nullable CertificateRules rules, Channel standardChannel) {
        var fields = new FieldReader();
        var type = fields.parsed(
                "person.certificateType",
                person == null ? null : person.certificateType(),
                CertificateType::ofCode,
                CertificateType.ALLOWED);
        var number = fields.required("person.certificateNumber", person == null ? null : person.certificateNumber());
        var name = fields.required("person.name", person == null ? null : person.name());
        var region =
                fields.parsed("from.region", from == null ? null : from.region(), RegionCode::new, RegionCode.ALLOWED);
        var fromScheme =
                fields.parsed("from.scheme", from == null ? null : from.scheme(), Scheme::ofCode, Scheme.ALLOWED);
        var to = fields.parsed("toScheme", toScheme, Scheme::ofCode, Scheme.ALLOWED);
        var why = fields.parsed("cause", cause, Cause::valueOf, CAUSES);
        var proof = proof(fields, now);
        var contact = contact(fields);
        var named = fields.oneOf("channel", channel, Channel.class);
        var wished = fields.oneOf("account", account, AccountWish.class);
        if (name != null && rules != null) {
            fields.wrong("person.name", PersonName.fault(name));
        }
        if (named != null && proof != null && !named.identifiesBy(proof.identification())) {
            fields.wrong("identification.method", "OTHER_CHANNEL", "该办理渠道不使用这种身份核验方式。");
        }
        if (wished != null
                && fromScheme != null
                && to != null
                && !Wishes.allowed(fromScheme, to).contains(wished)) {
            fields.wrong("account", "NOT_ALLOWED", "这类转移的个人账户不能这样处理：" + words(fromScheme, to) + "。");
        }
        if (account == null && fromScheme != null && to != null && Wishes.isAsked(fromScheme, to)) {
            fields.wrong("account", "REQUIRED", "请选择转出地个人账户余额的处理方式：" + words(fromScheme, to) + "。");
        }
        if (materials != null) {
            ShownPapers.check(materials, fields);
        }
        var certificate = certificate(type, number, rules, fields);
        if (fields.hasProblems()
                || certificate == null
                || name == null
                || region == null
                || fromScheme == null
                || to == null
                || why == null
                || proof == null) {
            throw fields.problem();
        }
        var standard = Wishes.standard(fromScheme, to);
        var wishes = new Wishes(wished == null ? standard.account() : wished, Boolean.TRUE.equals(oneStop));
        return new Application(
                        certificate,
                        name,
                        region,
                        fromScheme,
                        receiving,
                        to,
                        why,
                        named == null ? standardChannel : named,
                        wishes,
                        proof,
                        now)
                .reachable(contact);
    }

    /** R2.11: how, which text, and when; never later than now. */
    private @Nullable Proof proof(FieldReader fields, Instant now) {
        var method = fields.oneOf(
                "identification.method",
                fields.required("identification.method", identification == null ? null : identification.method()),
                Identification.class);
        var version = fields.required("agreement.version", agreement == null ? null : agreement.version());
        if (version != null && !AGREEMENT.matcher(version).matches()) {
            fields.wrong("agreement.version", "INVALID", "承诺书版本应写作年-月，例如2026-01。");
        }
        var identifiedAt = identification == null || identification.at() == null ? now : identification.at();
        var agreedAt = agreement == null || agreement.at() == null ? now : agreement.at();
        recent("identification.at", identifiedAt, now, fields);
        recent("agreement.at", agreedAt, now, fields);
        var signature = agreement == null ? null : agreement.signature();
        if (signature != null && !SM3.matcher(signature).matches()) {
            fields.wrong("agreement.signature", "INVALID", "签名应为扫描件的SM3摘要，64位十六进制小写。");
        }
        return method == null || version == null ? null : new Proof(method, identifiedAt, version, agreedAt, signature);
    }

    private static void recent(String field, Instant moment, Instant now, FieldReader fields) {
        if (moment.isAfter(now)) {
            fields.wrong(field, "IN_THE_FUTURE", "时间不能晚于现在。");
        } else if (moment.isBefore(now.minus(LONGEST_AGO))) {
            fields.wrong(field, "TOO_LONG_AGO", "时间过早，请重新核验或重新承诺。");
        }
    }

    private Contact contact(FieldReader fields) {
        var telephone = person == null ? null : person.telephone();
        if (telephone != null && !TELEPHONE.matcher(telephone).matches()) {
            fields.wrong("person.telephone", "INVALID", "联系电话格式不正确。");
        }
        var household =
                fields.oneOf("person.household", person == null ? null : person.household(), Contact.Household.class);
        return new Contact(telephone, household);
    }

    private static String words(Scheme from, Scheme to) {
        return Wishes.allowed(from, to).stream()
                .map(wish -> switch (wish) {
                    case MOVES -> "可以划转";
                    case PAID_OUT -> "可以提取";
                    case STAYS -> "可以保留在转出地";
                })
                .collect(Collectors.joining("，"));
    }

    /** Rulebook 12: a number is never corrected; what is wrong with it is told. */
    private static @Nullable Certificate certificate(
            @Nullable CertificateType type,
            @Nullable String number,
            @Nullable CertificateRules rules,
            FieldReader fields) {
        if (type == null || number == null) {
            return null;
        }
        var certificate = new Certificate(type, number);
        if (rules != null) {
            fields.wrong("person.certificateNumber", rules.fault(certificate));
        }
        return certificate;
    }
}
