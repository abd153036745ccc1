package org.jiexu.transferin.domain;

import org.jspecify.annotations.Nullable;

/**
 * 联系信息 — what the contact letter says of the person beyond name and number (R9.3).
 *
 * @param telephone 联系电话
 * @param household 户籍类型
 */
public record Contact(@Nullable String telephone, @Nullable Household household) {
    public static final Contact NONE = new Contact(null, null);

    /** 户籍类型. */
    public enum Household {
        /** 居民. */
        RESIDENT("居民"),
        /** 农业. */
        AGRICULTURAL("农业"),
        /** 非农业. */
        NON_AGRICULTURAL("非农业"),
        /** 台港澳. */
        TAIWAN_HONG_KONG_MACAO("台港澳"),
        /** 外籍. */
        FOREIGN("外籍");

        private final String words;

        Household(String words) {
            this.words = words;
        }

        /** The words for people. */
        public String words() {
            return words;
        }
    }

    /** Without the telephone: it is about a person. */
    @Override
    public String toString() {
        return "Contact";
    }
}
