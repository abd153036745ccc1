package org.jiexu.transferin.domain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jiexu.wire.vocabulary.CodedReason;

/** 窗口材料 — what an applicant shows at a window (R2.3). */
public enum Paper {
    /** 医保电子凭证. */
    E_CREDENTIAL,
    /** 有效身份证件. */
    IDENTITY_CARD,
    /** 社会保障卡. */
    SOCIAL_SECURITY_CARD,
    /** 参保凭证, on paper or electronic. */
    PARTICIPATION_CERTIFICATE,
    /** 转移接续申请表, signed. */
    APPLICATION_FORM;

    private static final Set<Paper> IDENTITY = EnumSet.of(E_CREDENTIAL, IDENTITY_CARD, SOCIAL_SECURITY_CARD);
    private static final CodedReason IDENTITY_MISSING =
            new CodedReason("IDENTITY_MISSING", "缺少身份证明材料", "请出示医保电子凭证、有效身份证件或社保卡中的任意一种");
    private static final CodedReason CERTIFICATE_MISSING =
            new CodedReason("CERTIFICATE_MISSING", "缺少《参保凭证》", "请提供转出地出具的《参保凭证》，电子凭证同样有效");
    private static final CodedReason FORM_MISSING = new CodedReason("FORM_MISSING", "缺少《基本医疗保险关系转移接续申请表》", "请填写申请表并签名");

    /** Everything that is missing, told at once; none when the papers are complete. */
    public static List<CodedReason> missing(Set<Paper> shown, boolean certificateAsked) {
        var missing = new ArrayList<CodedReason>();
        if (IDENTITY.stream().noneMatch(shown::contains)) {
            missing.add(IDENTITY_MISSING);
        }
        if (certificateAsked && !shown.contains(PARTICIPATION_CERTIFICATE)) {
            missing.add(CERTIFICATE_MISSING);
        }
        if (!shown.contains(APPLICATION_FORM)) {
            missing.add(FORM_MISSING);
        }
        return List.copyOf(missing);
    }
}
