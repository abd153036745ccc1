package org.jiexu.transferin;

import java.time.Instant;
import java.time.LocalDate;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.transferin.domain.CaseFile;
import org.springframework.stereotype.Component;

/** 补正期限 ◇ — how long papers that are missing are waited for: working days by the receiving region's dated policy. */
@Component
public class SupplementLimit {
    private final Directory directory;
    private final Policies policies;

    public SupplementLimit(Directory directory, Policies policies) {
        this.directory = directory;
        this.policies = policies;
    }

    /** The last day; the day of asking is not counted (R4.2). */
    public LocalDate from(Instant asked, CaseFile file) {
        int workingDays = policies.number(Policies.SUPPLEMENT_WORKING_DAYS, file.receiving());
        return directory.workingDays(file.receiving()).term(asked, workingDays).dueOn();
    }
}
