package org.jiexu.transferin;

import java.util.Optional;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.UnmaskingStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 查看完整信息 — a person in full, for a reason; the look is recorded before anything is shown. */
@Component
public class Unmask {
    private final CaseStore cases;
    private final UnmaskingStore unmaskings;
    private final BusinessClock clock;

    public Unmask(CaseStore cases, UnmaskingStore unmaskings, BusinessClock clock) {
        this.cases = cases;
        this.unmaskings = unmaskings;
        this.clock = clock;
    }

    /** Empty, and nothing recorded, when the region has no such case. */
    @Transactional
    public Optional<CaseFile> look(RegionCode region, CaseNumber number, Caller caller, String reason) {
        var file = cases.find(number).filter(found -> found.receiving().equals(region));
        file.ifPresent(found ->
                unmaskings.add(number, region, caller.subject(), caller.role().name(), reason, clock.instant()));
        return file;
    }
}
