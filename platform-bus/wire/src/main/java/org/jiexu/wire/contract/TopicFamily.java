package org.jiexu.wire.contract;

/** 主题族 — the families of topics; those of a region carry its code as last part of the name. */
public enum TopicFamily {
    TRANSFER("platform.transfer"),
    BALANCE("platform.balance"),
    PARTICIPATION("platform.participation"),
    PROGRESS("platform.progress"),
    DEADLINE("platform.deadline"),
    /** Of a province; its code stands where others have the region's. */
    CLEARING("platform.clearing"),
    DIRECTORY("platform.directory"),
    QUARANTINE("platform.quarantine");

    private final String prefix;

    TopicFamily(String prefix) {
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }

    /** Whether each region (or province) has a topic of its own. */
    public boolean isPerRegion() {
        return switch (this) {
            case TRANSFER, BALANCE, PARTICIPATION, CLEARING, QUARANTINE -> true;
            case PROGRESS, DEADLINE, DIRECTORY -> false;
        };
    }
}
