package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** 证件类型 — the field's {@code psn_cert_type} (rulebook 12). */
public enum CertificateType {
    /** 居民身份证. */
    IDENTITY_CARD("01"),
    /** 港澳居民来往内地通行证（港）. */
    HONG_KONG_PERMIT("04"),
    /** 港澳居民来往内地通行证（澳）. */
    MACAO_PERMIT("05"),
    /** 台湾居民来往大陆通行证. */
    TAIWAN_PERMIT("06"),
    /** 外国人永久居留证. */
    PERMANENT_RESIDENCE("07"),
    /** 外国护照. */
    FOREIGN_PASSPORT("08"),
    /** 中国护照. */
    CHINESE_PASSPORT("16"),
    /** 港澳台居民居住证. */
    RESIDENCE_PERMIT("17"),
    /** 其他. */
    OTHER("99");

    private final String code;

    CertificateType(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    @JsonCreator
    public static CertificateType ofCode(String code) {
        for (CertificateType type : values()) {
            if (type.code.equals(code)) {
                return type;
            }
        }
        throw new IllegalArgumentException("not a certificate type");
    }
}
