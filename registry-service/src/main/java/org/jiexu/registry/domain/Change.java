package org.jiexu.registry.domain;

/** 变更种类 — what a row of a relationship's history says. */
public enum Change {
    /** 参保登记. */
    ENROLLED("参保登记"),
    /** 暂停参保. */
    SUSPENDED("暂停参保"),
    /** 恢复参保. */
    RESUMED("恢复参保"),
    /** 终止参保. */
    TERMINATED("终止参保"),
    /** 变更单位. */
    EMPLOYER_CHANGED("变更单位"),
    /** 在职转退休. */
    RETIRED("在职转退休"),
    /** 死亡. */
    DIED("死亡，参保关系终止"),
    /** 撤销死亡登记. */
    DEATH_REVOKED("撤销死亡登记"),
    /** 多条参保记录合并. */
    MERGED("多条参保记录合并");

    private final String words;

    Change(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** What a change of status is called. */
    public static Change of(boolean wasThere, ParticipationStatus before, ParticipationStatus now) {
        return switch (now) {
            case INSURED -> {
                if (!wasThere || before == ParticipationStatus.TERMINATED) {
                    yield ENROLLED;
                }
                yield before == ParticipationStatus.SUSPENDED ? RESUMED : EMPLOYER_CHANGED;
            }
            case SUSPENDED -> SUSPENDED;
            case TERMINATED -> TERMINATED;
        };
    }
}
