package org.jiexu.bus.web;

import java.util.List;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * 调用方 — who is calling, read from a token that has been checked. Controllers take it as an argument; nothing about
 * the caller is ever taken from the body, the query or a header.
 *
 * @param subject opaque id of the account
 * @param person the registry's id of the person, for PERSON and APP
 * @param region the region that a CLERK or REVIEWER works for
 * @param province an OPERATOR's province, e.g. 430000; none means national
 * @param uscc 统一社会信用代码 of an EMPLOYER
 */
public record Caller(
        String subject,
        Role role,
        @Nullable PersonId person,
        @Nullable RegionCode region,
        @Nullable String province,
        @Nullable String uscc) {

    public boolean is(Role... roles) {
        return List.of(roles).contains(role);
    }

    /** 403 unless the caller has one of these roles. */
    public Caller requireRole(Role... roles) {
        if (!is(roles)) {
            throw Problem.forbidden();
        }
        return this;
    }

    /** Whether the caller works for this region: its clerks and reviewers, operators of its province, national ones. */
    public boolean mayActFor(RegionCode wanted) {
        return switch (role) {
            case CLERK, REVIEWER -> wanted.equals(region);
            case OPERATOR -> province == null || province.equals(wanted.province());
            case PERSON, APP, EMPLOYER, AUDITOR, SERVICE -> false;
        };
    }

    /** 403 unless the caller works for this region. For a case the answer is 404 instead: {@link Problem#notFound()}. */
    public Caller requireActingFor(RegionCode wanted) {
        if (!mayActFor(wanted)) {
            throw new Problem(HttpStatus.FORBIDDEN, "OTHER_REGION", "只能办理本统筹区的业务。");
        }
        return this;
    }
}
