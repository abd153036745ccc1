package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** 证件类型 — the field's {@code psn_cert_type} (rulebook 12). */
public enum CertificateType {
    /** 居民身份证. */
    IDENTITY_CARD("01", "居民身份证"),
    /** 港澳居民来往内地通行证（港）. */
    HONG_KONG_PERMIT("04", "港澳居民来往内地通行证（港）"),
    /** 港澳居民来往内地通行证（澳）. */
    MACAO_PERMIT("05", "港澳居民来往内地通行证（澳）"),
    /** 台湾居民来往大陆通行证. */
    TAIWAN_PERMIT("06", "台湾居民来往大陆通行证"),
    /** 外国人永久居留证. */
    PERMANENT_RESIDENCE("07", "外国人永久居留证"),
    /** 外国护照. */
    FOREIGN_PASSPORT("08", "外国护照"),
    /** 中国护照. */
    CHINESE_PASSPORT("16", "中国护照"),
    /** 港澳台居民居住证. */
    RESIDENCE_PERMIT("17", "港澳台居民居住证"),
    /** 其他. */
    OTHER("99", "其他");

    /** A sentence that says which codes there are. */
    public static final String ALLOWED = Arrays.stream(values())
            .map(type -> type.code + type.words)
            .collect(Collectors.joining("、", "证件类型应为两位代码：", "。"));

    private final String code;
    private final String words;

    CertificateType(String code, String words) {
        this.code = code;
        this.words = words;
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
