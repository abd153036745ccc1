package org.jiexu.transferin.domain;

import java.util.Set;
import org.jiexu.transferin.domain.Application.Identification;

/** 办理渠道 — through which door an application came (R2.1). */
public enum Channel {
    /** 国家医保服务平台 APP. */
    NATIONAL_APP("国家医保服务平台APP", Identification.FACE),
    /** 省级 APP、小程序、公众号、网厅. */
    PROVINCIAL_APP("省级医保APP、小程序、公众号或网厅", Identification.FACE),
    /** 自助终端. */
    SELF_SERVICE("自助终端", Identification.FACE, Identification.WINDOW_DOCUMENT),
    /** 单位网厅. */
    EMPLOYER("单位网厅", Identification.EMPLOYER_CERTIFICATE),
    /** 转入地窗口. */
    WINDOW_RECEIVING("转入地窗口", Identification.WINDOW_DOCUMENT),
    /** 转出地窗口. */
    WINDOW_SENDING("转出地窗口", Identification.WINDOW_DOCUMENT),
    /** 免申即办: nobody applied, the region's own registration started it (R6). */
    AUTOMATIC("免申即办", Identification.REGISTRATION);

    private final String words;
    private final Set<Identification> identifications;

    Channel(String words, Identification... identifications) {
        this.words = words;
        this.identifications = Set.of(identifications);
    }

    /** The words for people. */
    public String words() {
        return words;
    }

    /** Papers are asked for, and a contact letter goes out, at windows only (R2.3, R2.5). */
    public boolean isWindow() {
        return switch (this) {
            case WINDOW_RECEIVING, WINDOW_SENDING -> true;
            case NATIONAL_APP, PROVINCIAL_APP, SELF_SERVICE, EMPLOYER, AUTOMATIC -> false;
        };
    }

    /** R2.11: how somebody can have been identified there. */
    public boolean identifiesBy(Identification identification) {
        return identifications.contains(identification);
    }
}
