package org.jiexu.transferin.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 免申即转 — what a new registration does with the person's employee records in the other regions of the province (R6.1):
 * what is suspended follows at once, what is active is waited for, what another case has in its hands is looked at again.
 */
public final class AutomaticTransfer {
    private AutomaticTransfer() {}

    /** 参保状态. */
    public enum Standing {
        /** 正常参保. */
        INSURED,
        /** 暂停参保. */
        SUSPENDED,
        /** 终止参保. */
        TERMINATED
    }

    /**
     * 原参保关系.
     *
     * @param left months, or possibly money, are there that no transfer has taken
     * @param inHands a case has reserved it, or still brings something into it
     * @param neverFilled no case has ever brought anything into it: nothing can arrive there late
     */
    public record OldRecord(
            RegionCode region, Standing status, boolean retiree, boolean left, boolean inHands, boolean neverFilled) {}

    /** What is to be done with one record. */
    enum Next {
        /** 申请转移. */
        APPLY,
        /** 等候参保变动. */
        WAIT,
        /** 等候在办业务. */
        LATER,
        /** 无可转移. */
        NOTHING
    }

    /** How the registration goes on when {@code apply} has been carried out. */
    public enum Standstill {
        /** Looked at again soon. */
        SOON,
        /** Done when the one case that was applied for is completed, looked at again when it ends without a transfer. */
        WITH_ITS_CASE,
        /** Looked at when something happens to the person. */
        WAITING,
        /** 已归集. */
        DONE
    }

    /** The old regions to apply for now, and what comes after. */
    public record Plan(List<RegionCode> apply, Standstill then) {}

    /**
     * @param here how the person stands in this region now
     * @param givenUp old regions whose case ended without a transfer, or was refused for a reason that time does not mend
     */
    public static Plan plan(@Nullable Standing here, List<OldRecord> records, Set<RegionCode> givenUp) {
        return switch (here) {
            case INSURED -> collect(records, givenUp);
            // Whoever has paused here may come back; what is elsewhere stays where it is until then.
            case SUSPENDED -> new Plan(List.of(), Standstill.WAITING);
            case TERMINATED -> new Plan(List.of(), Standstill.DONE);
            case null -> new Plan(List.of(), Standstill.DONE);
        };
    }

    private static Plan collect(List<OldRecord> records, Set<RegionCode> givenUp) {
        var apply = new ArrayList<RegionCode>();
        boolean later = false;
        boolean waits = false;
        for (var record : records) {
            switch (next(record, givenUp)) {
                case APPLY -> apply.add(record.region());
                case LATER -> later = true;
                case WAIT -> waits = true;
                case NOTHING -> {}
            }
        }
        // All that the person has elsewhere is in that one case, and nothing comes after it.
        if (apply.size() == 1 && records.size() == 1 && records.getFirst().neverFilled()) {
            return new Plan(List.copyOf(apply), Standstill.WITH_ITS_CASE);
        }
        if (later || !apply.isEmpty()) {
            return new Plan(List.copyOf(apply), Standstill.SOON);
        }
        return new Plan(List.of(), waits ? Standstill.WAITING : Standstill.DONE);
    }

    private static Next next(OldRecord record, Set<RegionCode> givenUp) {
        // R1.1: who draws the scheme's retiree benefits is not covered.
        if (record.retiree()) {
            return Next.NOTHING;
        }
        // Until something happens to the person, which wakes the registration.
        if (givenUp.contains(record.region())) {
            return Next.WAIT;
        }
        // Not emptied while another case fills it: what arrives afterwards would be left behind.
        if (record.inHands()) {
            return Next.LATER;
        }
        return switch (record.status()) {
            case INSURED -> Next.WAIT;
            case SUSPENDED, TERMINATED -> record.left() ? Next.APPLY : Next.NOTHING;
        };
    }
}
