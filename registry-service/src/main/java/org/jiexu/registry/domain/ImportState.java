package org.jiexu.registry.domain;

/** 导入状态 — where an agency's file stands. Nothing of it is in the register before it is loaded whole. */
public enum ImportState {
    /** 正在接收. */
    RECEIVING("正在接收"),
    /** 已接收，等待校验. */
    RECEIVED("已接收，等待校验"),
    /** 正在校验. */
    CHECKING("正在校验"),
    /** 校验通过，等待另一人复核. */
    CHECKED("校验通过，等待另一人复核"),
    /** 正在入库. */
    LOADING("复核通过，正在入库"),
    /** 已入库. */
    LOADED("已全部入库"),
    /** 未通过校验. */
    REFUSED("未通过校验，没有入库");

    private final String words;

    ImportState(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
