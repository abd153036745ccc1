package org.jiexu.transferin.domain;

import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 申请人 — who handed the application in.
 *
 * @param subject opaque id of the account
 * @param role the account's role
 * @param person the person who applies for himself
 * @param uscc 统一社会信用代码 of an employer
 * @param region the region of the clerk at whose window it was entered
 */
public record Applicant(
        String subject,
        String role,
        @Nullable PersonId person,
        @Nullable String uscc,
        @Nullable RegionCode region) {}
