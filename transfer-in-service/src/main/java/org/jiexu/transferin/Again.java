package org.jiexu.transferin;

import java.time.Duration;
import java.time.LocalDate;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.postgres.CaseStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * 撤回后再次申请 — a person may think better of it, and again; but each application goes to two regions. House rule: after
 * five withdrawals of the same relationship in a day the next application waits for the next day.
 */
@Component
public class Again {
    private final CaseStore cases;
    private final BusinessClock clock;
    private final int most;

    public Again(CaseStore cases, BusinessClock clock, @Value("${jiexu.transfer-in.withdrawals-per-day:5}") int most) {
        this.cases = cases;
        this.clock = clock;
        this.most = most;
    }

    /** 429 when the applicant has withdrawn too often today. */
    void check(Application application, Applicant applicant) {
        var person = applicant.person();
        if (person == null) {
            return;
        }
        var morning = LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant();
        int withdrawn = cases.withdrawn(person, application.from(), application.fromScheme(), morning);
        if (withdrawn >= most) {
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "WITHDRAWN_TOO_OFTEN", "今天已多次申请又撤回，请明天再申请。")
                    .retryAfter(Duration.between(clock.instant(), morning.plus(Duration.ofDays(1))));
        }
    }
}
