package org.jiexu.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jiexu.registry.postgres.CaseIndexStore.ToldStep;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.ResourceHolderSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * 合并入库 — the steps that one batch of messages brings are written together, just before its transaction commits: each
 * statement carries its triggers and figures once for all of them, and a case that moved twice is written once.
 */
@Component
class WriteTogether {
    /** Steps that wait to be written. */
    static final class Progress extends ResourceHolderSupport {
        private final List<ToldStep> steps = new ArrayList<>();
        private final Consumer<List<ToldStep>> writer;
        private final List<CaseProgressedV1> firsts = new ArrayList<>();
        private final Consumer<CaseProgressedV1> whenNew;

        /** {@code whenNew} follows for each case that was not known before, when all is written. */
        Progress(Consumer<List<ToldStep>> writer, Consumer<CaseProgressedV1> whenNew) {
            this.writer = writer;
            this.whenNew = whenNew;
        }

        void add(ToldStep step) {
            steps.add(step);
        }

        /** What one of them says of that case. */
        Optional<CaseProgressedV1> of(CaseNumber number) {
            return steps.stream()
                    .map(ToldStep::told)
                    .filter(told -> told.number().equals(number))
                    .findFirst();
        }

        /** The case of that step was not known before. */
        void addNew(CaseProgressedV1 told) {
            firsts.add(told);
        }

        void write() {
            if (!steps.isEmpty()) {
                writer.accept(List.copyOf(steps));
            }
            firsts.forEach(whenNew);
        }
    }

    /** Those of the transaction that runs; what fails in writing them rolls it back. */
    Progress inThisTransaction(Consumer<List<ToldStep>> writer, Consumer<CaseProgressedV1> whenNew) {
        if (TransactionSynchronizationManager.getResource(this) instanceof Progress known) {
            return known;
        }
        var progress = new Progress(writer, whenNew);
        TransactionSynchronizationManager.bindResource(this, progress);
        TransactionSynchronizationManager.registerSynchronization(
                new ResourceHolderSynchronization<Progress, WriteTogether>(progress, this) {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        progress.write();
                    }
                });
        return progress;
    }
}
