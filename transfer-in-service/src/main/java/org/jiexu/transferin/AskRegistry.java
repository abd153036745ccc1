package org.jiexu.transferin;

import org.jiexu.bus.client.CheckAnswer;
import org.jiexu.bus.client.CheckRequest;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Channel;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** 两地核验 — the checks of both sides, asked of the registry, which reserves the relationship (43号 Art. 7). */
@Component
public class AskRegistry {
    private final RegistryClient registry;

    public AskRegistry(RegistryClient registry) {
        this.registry = registry;
    }

    /** Never inside a transaction: no row may stay locked while another service thinks. */
    public CheckAnswer check(CaseFile file) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("the registry is asked outside any transaction");
        }
        var application = file.application();
        return registry.check(new CheckRequest(
                file.number(),
                application.certificate().type(),
                application.certificate().number(),
                application.name(),
                application.from(),
                application.fromScheme(),
                application.to(),
                application.toScheme(),
                file.applicant().person(),
                file.applicant().uscc(),
                application.wishes().oneStop(),
                application.onPaper(),
                application.wishes().account(),
                application.channel() == Channel.AUTOMATIC));
    }
}
