package org.jiexu.bus.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** 角色 — what a caller is to the platform; the token's claim {@code role}. */
public enum Role {
    /** 参保人 — own cases only. */
    PERSON,
    /** 应用后台 — the backend of an APP, acting for the person named in its token. */
    APP,
    /** 用人单位 — its own applications. */
    EMPLOYER,
    /** 经办人员 — works on the cases of one region. */
    CLERK,
    /** 复核人员 — approves what a clerk of the same region prepared. */
    REVIEWER,
    /** 运营人员 — of one province, or national when the token names none. */
    OPERATOR,
    /** 审计人员 — reads. */
    AUDITOR,
    /** 服务 — another service of the platform. */
    SERVICE;

    /** The role that a claim names, in either case of letters; null for anything else. */
    public static @Nullable Role ofClaim(@Nullable String claim) {
        if (claim == null) {
            return null;
        }
        for (Role role : values()) {
            if (role.name().equals(claim.toUpperCase(Locale.ROOT))) {
                return role;
            }
        }
        return null;
    }
}
