package org.jiexu.registry.web;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.FieldProblem;
import org.jiexu.bus.web.Problem;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CreditCode;
import org.jiexu.wire.vocabulary.FieldFault;
import org.jiexu.wire.vocabulary.InsuredTime;
import org.jspecify.annotations.Nullable;

/**
 * 登记内容 — what an agency enters of somebody's participation. A time that cannot be is refused; an employer's code that
 * cannot be is left out and told, for it never stops the person (rulebook 12).
 */
final class EnteredFields {
    private final InsuredTime time;

    EnteredFields(BusinessClock clock, Certificate certificate) {
        // A number that cannot be is told by itself, and its birthday says nothing.
        boolean isRight = clock.certificateRules().fault(certificate) == null;
        this.time = new InsuredTime(clock.today(), isRight ? certificate.bornOn() : null);
    }

    LocalDate since(LocalDate since) {
        require("since", time.faultOfDay(since));
        return since;
    }

    void month(YearMonth month) {
        require("paid", time.faultOfMonth(month));
    }

    /** Null when there is none that can be. */
    static @Nullable String employer(@Nullable String code) {
        return code == null || CreditCode.fault(code) != null ? null : CreditCode.written(code);
    }

    static Optional<FieldProblem> employerFault(String field, @Nullable String code) {
        return Optional.ofNullable(code)
                .map(CreditCode::fault)
                .map(fault -> new FieldProblem(field, fault.code(), fault.message()));
    }

    private static void require(String field, @Nullable FieldFault fault) {
        if (fault != null) {
            throw Problem.field(field, fault.code(), fault.message());
        }
    }
}
