package org.jiexu.transferin.web;

import java.util.List;
import java.util.Objects;
import org.jiexu.bus.client.OldRecordsAnswer;
import org.jiexu.bus.client.OldRecordsRequest;
import org.jiexu.transferin.domain.Application.Cause;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonName;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 即时转移申请 — the body, as sent.
 *
 * @param person the person present, at a window; everybody else applies for himself
 * @param regions the old regions chosen
 * @param all every old record that nothing stands in the way of
 */
public record InstantBody(
        ApplicationBody.@Nullable Person person,
        @Nullable List<@Nullable String> regions,
        @Nullable Boolean all,
        @Nullable String cause,
        ApplicationBody.@Nullable IdentificationBody identification,
        ApplicationBody.@Nullable Agreement agreement,
        @Nullable String channel,
        @Nullable String account,
        @Nullable List<String> materials) {
    private static final int MOST = 50;

    /** The regions that were named; none for all. */
    List<RegionCode> chosen(RegionCode receiving) {
        var fields = new FieldReader();
        boolean some = regions != null && !regions.isEmpty();
        if (some == Boolean.TRUE.equals(all)) {
            fields.wrong("regions", "REQUIRED", "请选择要转移的原参保地，或者选择全部。");
            throw fields.problem();
        }
        if (!some) {
            return List.of();
        }
        var named = Objects.requireNonNull(regions).stream()
                .map(code -> fields.parsed("regions", code, RegionCode::new, RegionCode.ALLOWED))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (named.size() > MOST) {
            fields.wrong("regions", "TOO_MANY", "一次最多选择50个原参保地。");
        }
        // R6.7: across provinces the national measure applies.
        if (named.stream().anyMatch(old -> !old.province().equals(receiving.province()) || old.equals(receiving))) {
            fields.wrong("regions", "OTHER_PROVINCE", "即时转移只适用于同一省份内的其他统筹区。");
        }
        if (fields.hasProblems()) {
            throw fields.problem();
        }
        return named;
    }

    /** The ordinary application for one of the old regions. */
    ApplicationBody application(OldRecordsAnswer found, RegionCode old, String standardAccount) {
        return new ApplicationBody(
                new ApplicationBody.Person(
                        found.certificateType().code(),
                        found.certificateNumber(),
                        found.name(),
                        person == null ? null : person.telephone(),
                        person == null ? null : person.household()),
                new ApplicationBody.From(old.value(), Scheme.EMPLOYEE.code()),
                Scheme.EMPLOYEE.code(),
                cause == null ? Cause.WORK.name() : cause,
                identification,
                agreement,
                channel,
                account == null ? standardAccount : account,
                null,
                materials);
    }

    /** Whose records a clerk asks for. */
    static OldRecordsRequest request(
            RegionCode receiving, CertificateRules rules, ApplicationBody.@Nullable Person asked) {
        var fields = new FieldReader();
        var type = fields.parsed(
                "person.certificateType",
                asked == null ? null : asked.certificateType(),
                CertificateType::ofCode,
                CertificateType.ALLOWED);
        var number = fields.required("person.certificateNumber", asked == null ? null : asked.certificateNumber());
        var name = fields.required("person.name", asked == null ? null : asked.name());
        if (name != null) {
            fields.wrong("person.name", PersonName.fault(name));
        }
        if (type != null && number != null) {
            fields.wrong("person.certificateNumber", rules.fault(new Certificate(type, number)));
        }
        if (fields.hasProblems()) {
            throw fields.problem();
        }
        return new OldRecordsRequest(receiving, null, type, number, name);
    }

    /** Nothing: it is about a person. */
    @Override
    public String toString() {
        return "InstantBody";
    }
}
