package org.jiexu.transferin;

import java.util.List;
import org.jiexu.bus.directory.Policies;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.wire.vocabulary.CodedReason;
import org.springframework.stereotype.Component;

/** 材料核对 — which papers a window application still lacks; all of them are told at once (R2.3). */
@Component
public class CheckPapers {
    private final Policies policies;

    public CheckPapers(Policies policies) {
        this.policies = policies;
    }

    /** None where no window is: online the person is identified and the form is filled in by the application itself. */
    public List<CodedReason> missing(CaseFile file) {
        var application = file.application();
        return application.channel().isWindow() ? Paper.missing(file.papers(), isCertificateAsked(file)) : List.of();
    }

    private boolean isCertificateAsked(CaseFile file) {
        return switch (policies.text(Policies.MATERIALS_CERTIFICATE, file.receiving())) {
            case "ALWAYS" -> true;
            case "NEVER" -> false;
            // What the platform can look up is not asked of people.
            default -> file.application().onPaper();
        };
    }
}
