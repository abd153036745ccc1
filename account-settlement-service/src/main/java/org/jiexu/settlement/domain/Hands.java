package org.jiexu.settlement.domain;

/**
 * 经办复核 — the two persons behind a posting by hand (R11.5): subjects of staff, never of insured persons.
 */
public record Hands(Act act, String preparedBy, String approvedBy) {
    private static final String LOADER = "sandbox";

    /** 手工业务 — by which of the ways by hand. */
    public enum Act {
        IMPORT,
        MATCH,
        SEND_BACK,
        SLIP,
        CORRECTION,
        PAYMENT,
        /** Only the sandbox has it: sample data. */
        SANDBOX
    }

    public Hands {
        if (preparedBy.equals(approvedBy) != (act == Act.SANDBOX)) {
            throw new IllegalArgumentException("a posting by hand takes two persons");
        }
    }

    /** The sandbox's loader of sample data, which is nobody. */
    public static Hands ofSandbox() {
        return new Hands(Act.SANDBOX, LOADER, LOADER);
    }
}
