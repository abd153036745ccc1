package org.jiexu.sandbox.sample;

import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.RegionCode;

/** 样例统筹区 — the seven regions that the sandbox hosts. */
public enum SampleRegion {
    /** 湖南长沙. */
    CHANGSHA("430100", "长沙", "Changsha"),
    /** 湖南株洲. */
    ZHUZHOU("430200", "株洲", "Zhuzhou"),
    /** 湖南湘潭. */
    XIANGTAN("430300", "湘潭", "Xiangtan"),
    /** 浙江杭州. */
    HANGZHOU("330100", "杭州", "Hangzhou"),
    /** 浙江宁波. */
    NINGBO("330200", "宁波", "Ningbo"),
    /** 山东济宁. */
    JINING("370800", "济宁", "Jining"),
    /** 河北石家庄: the one whose staff take every step by hand. */
    SHIJIAZHUANG("130100", "石家庄", "Shijiazhuang");

    private final RegionCode code;
    private final String chinese;
    private final String english;

    SampleRegion(String code, String chinese, String english) {
        this.code = new RegionCode(code);
        this.chinese = chinese;
        this.english = english;
    }

    public RegionCode code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /** Whether the system takes the staff's steps by policy. */
    public boolean isAutomatic() {
        return this != SHIJIAZHUANG;
    }

    public static SampleRegion of(RegionCode code) {
        return Stream.of(values())
                .filter(region -> region.code.equals(code))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("not a sample region: " + code));
    }
}
