package org.jiexu.bus.operations;

import java.util.Map;
import java.util.Objects;

/** 隔离原因 — in words, by the code before the colon. */
final class QuarantineWords {
    private static final Map<String, String> BY_CODE = Map.ofEntries(
            Map.entry("TOO_LARGE", "报文过大"),
            Map.entry("MALFORMED", "报文格式不符合规范"),
            Map.entry("UNKNOWN_TYPE", "未知的报文类型"),
            Map.entry("WRONG_TOPIC", "报文类型与主题不符"),
            Map.entry("WRONG_ADDRESSEE", "收报地区与主题不符"),
            Map.entry("WRONG_SPEAKER", "该服务无权发出此类报文"),
            Map.entry("UNKNOWN_KEY", "签名密钥未登记"),
            Map.entry("WRONG_SIGNER", "签名密钥属于另一服务"),
            Map.entry("KEY_NOT_VALID at the time of the event", "签名时密钥不在有效期内"),
            Map.entry("BAD_SIGNATURE", "签名验证不通过"),
            Map.entry("UNREADABLE", "报文内容无法解析"),
            Map.entry("CONFLICT", "同一编号的报文内容不同"),
            Map.entry("UNFORESEEN", "处理时发生意外故障"));

    private QuarantineWords() {}

    static String of(String reason) {
        int colon = reason.indexOf(':');
        var code = colon < 0 ? reason : reason.substring(0, colon);
        return Objects.requireNonNull(BY_CODE.getOrDefault(code, "与已知的业务情况相矛盾"));
    }
}
