package org.jiexu.registry.domain;

/** 告知对象 — who is told of a step: the person, and the employer who applied (R10.2). */
public enum Recipient {
    /** 参保人. */
    PERSON,
    /** 申请单位. */
    EMPLOYER
}
