package org.jiexu.transferin;

import java.time.Instant;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.time.Term;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;

/** 转出地时限 — the old region's limits as an applicant here is shown them; they are watched there. */
@Component
public class OldRegionLimits {
    // 43号 Art. 8: the old region sends the sheet and the balance within ten working days of acceptance.
    private static final int ISSUE = 10;

    private final Directory directory;
    private final Policies policies;

    public OldRegionLimits(Directory directory, Policies policies) {
        this.directory = directory;
        this.policies = policies;
    }

    public Term issue(RegionCode sending, Instant acceptedAt) {
        return directory.workingDays(sending).term(acceptedAt, ISSUE);
    }

    /** R4.6: the correction period is the old region's policy. */
    public Term correct(RegionCode sending, Instant returnedAt) {
        return directory.workingDays(sending).term(returnedAt, policies.number(Policies.CORRECT_WORKING_DAYS, sending));
    }
}
