package org.jiexu.transferin.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jiexu.bus.web.FieldProblem;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.Application.Cause;
import org.jiexu.transferin.domain.Application.Identification;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/** 申请表 — the body of an application, as sent. Every field that is wrong is told at once. */
public record ApplicationBody(
        @Nullable Person person,
        @Nullable From from,
        @Nullable String toScheme,
        @Nullable String cause,
        @Nullable IdentificationBody identification,
        @Nullable Agreement agreement) {

    private static final int LONGEST_NAME = 50;
    private static final Pattern AGREEMENT = Pattern.compile("[0-9A-Za-z.-]{1,20}");

    /** 参保人. */
    public record Person(
            @Nullable String certificateType,
            @Nullable String certificateNumber,
            @Nullable String name) {
        /** Nothing: it is about a person. */
        @Override
        public String toString() {
            return "Person";
        }
    }

    /** 转出地. */
    public record From(@Nullable String region, @Nullable String scheme) {}

    /** 身份核验. */
    public record IdentificationBody(@Nullable String method) {}

    /** 承诺书. */
    public record Agreement(@Nullable String version) {}

    /** Throws the 400 that names every field that is wrong. */
    Application read(RegionCode receiving, Instant now) {
        var problems = new ArrayList<FieldProblem>();
        var type = parsed(
                "person.certificateType",
                person == null ? null : person.certificateType(),
                CertificateType::ofCode,
                problems);
        var number = required("person.certificateNumber", person == null ? null : person.certificateNumber(), problems);
        var name = required("person.name", person == null ? null : person.name(), problems);
        var region = parsed("from.region", from == null ? null : from.region(), RegionCode::new, problems);
        var fromScheme = parsed("from.scheme", from == null ? null : from.scheme(), Scheme::ofCode, problems);
        var to = parsed("toScheme", toScheme, Scheme::ofCode, problems);
        var why = parsed("cause", cause, Cause::valueOf, problems);
        var method = parsed(
                "identification.method",
                identification == null ? null : identification.method(),
                Identification::valueOf,
                problems);
        var version = required("agreement.version", agreement == null ? null : agreement.version(), problems);
        if (version != null && !AGREEMENT.matcher(version).matches()) {
            problems.add(new FieldProblem("agreement.version", "INVALID", "承诺书版本格式不正确。"));
        }
        if (name != null && (name.length() > LONGEST_NAME || !name.equals(name.strip()))) {
            problems.add(new FieldProblem("person.name", "INVALID", "姓名应为1至50个字，前后没有空格。"));
        }
        var certificate = certificate(type, number, problems);
        if (!problems.isEmpty()
                || certificate == null
                || name == null
                || region == null
                || fromScheme == null
                || to == null
                || why == null
                || method == null
                || version == null) {
            throw problem(problems);
        }
        return new Application(certificate, name, region, fromScheme, receiving, to, why, method, version, now);
    }

    /** Rulebook 12: a number is never corrected; a wrong check digit is told. */
    private static @Nullable Certificate certificate(
            @Nullable CertificateType type, @Nullable String number, List<FieldProblem> problems) {
        if (type == null || number == null) {
            return null;
        }
        var certificate = new Certificate(type, number);
        if (!certificate.isWellFormed()) {
            problems.add(new FieldProblem("person.certificateNumber", "BAD_NUMBER", "证件号码有误，请核对后重新填写。"));
            return null;
        }
        return certificate;
    }

    private static Problem problem(List<FieldProblem> problems) {
        boolean onlyNumber = problems.size() == 1 && problems.getFirst().code().equals("BAD_NUMBER");
        return Problem.badRequest(onlyNumber ? "BAD_NUMBER" : "INVALID_REQUEST", "申请内容不完整或有误，请按提示修改。")
                .withErrors(problems);
    }

    private static @Nullable String required(String field, @Nullable String value, List<FieldProblem> problems) {
        if (value == null || value.isBlank()) {
            problems.add(new FieldProblem(field, "REQUIRED", "此项必须填写。"));
            return null;
        }
        return value;
    }

    private static <T> @Nullable T parsed(
            String field, @Nullable String value, Function<String, T> parse, List<FieldProblem> problems) {
        var text = required(field, value, problems);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem(field, "INVALID", "此项的取值不正确。"));
            return null;
        }
    }
}
