package org.jiexu.transferin;

import java.util.Objects;
import org.jiexu.bus.client.BenefitsAnswer;
import org.jiexu.bus.client.BenefitsRequest;
import org.jiexu.bus.client.RegistryClient;
import org.jiexu.bus.client.RegistryRefused;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.State;
import org.springframework.stereotype.Component;

/** 待遇衔接 — on the completed case: from when the person has benefits here, as the registry knows it now (R8.4). */
@Component
public class ShowBenefits {
    private final RegistryClient registry;

    public ShowBenefits(RegistryClient registry) {
        this.registry = registry;
    }

    /** 409 while the case is open; 404 when it has ended without a transfer; 503 while the registry is away. */
    public BenefitsAnswer of(CaseFile file) {
        if (!(file.state() instanceof State.Completed)) {
            throw State.status(file.state()).isEnd()
                    ? Problem.notFound()
                    : Problem.conflict("NOT_COMPLETED", "转移尚未办结，待遇衔接情况在办结后可以查询。");
        }
        try {
            return registry.benefits(new BenefitsRequest(
                    file.number(),
                    Objects.requireNonNull(file.person()),
                    file.sending(),
                    file.application().fromScheme(),
                    file.receiving(),
                    file.application().toScheme()));
        } catch (RegistryUnavailable e) {
            throw Problem.unavailable("REGISTRY_UNAVAILABLE", "登记系统暂时不可用，待遇衔接情况请稍后查询。");
        } catch (RegistryRefused e) {
            // The registry has no such relationship: entered elsewhere, or not yet (R3.7).
            throw Problem.notFound();
        }
    }
}
