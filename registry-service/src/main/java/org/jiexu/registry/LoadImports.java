package org.jiexu.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.domain.ImportState;
import org.jiexu.registry.domain.PaidMonths;
import org.jiexu.registry.postgres.ImportErrorStore;
import org.jiexu.registry.postgres.ImportPeriodStore;
import org.jiexu.registry.postgres.ImportPeriodStore.Group;
import org.jiexu.registry.postgres.ImportPeriodStore.Replacement;
import org.jiexu.registry.postgres.ImportStore;
import org.jiexu.registry.postgres.ImportStore.Import;
import org.jiexu.registry.postgres.MonthsEntryStore;
import org.jiexu.registry.postgres.MonthsEntryStore.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 批量导入 — works on files that have been received: checks them in steps that are kept, and loads a file without faults, which
 * another person than its sender has approved (R11.5), in one transaction. Where it stands is in the database: after a crash another instance, or this one, goes on once the lease
 * has run out.
 */
@Component
public class LoadImports extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(LoadImports.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int BATCH = 1000;
    private static final int SHOWN_EVERY = 5000;

    private final ImportStore imports;
    private final ImportPeriodStore periods;
    private final ImportErrorStore errors;
    private final MonthsEntryStore entries;
    private final CheckImport checkImport;
    private final TransactionTemplate transaction;
    private final TransactionTemplate beside;
    private final BusinessClock clock;
    private final String me = UuidV7.next().toString();

    LoadImports(
            ImportStore imports,
            ImportPeriodStore periods,
            ImportErrorStore errors,
            MonthsEntryStore entries,
            CheckImport checkImport,
            PlatformTransactionManager transactions,
            BusinessClock clock) {
        super("load-imports", PAUSE);
        this.imports = imports;
        this.periods = periods;
        this.errors = errors;
        this.entries = entries;
        this.checkImport = checkImport;
        this.transaction = new TransactionTemplate(transactions);
        this.beside = new TransactionTemplate(transactions);
        beside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @Override
    protected Duration round() {
        try {
            transaction.executeWithoutResult(_ -> imports.dropAbandoned());
            for (var file = claim(); file.isPresent() && !isStopping(); file = claim()) {
                carryOut(file.get());
            }
        } catch (LeaseLost e) {
            LOG.info("an import has gone to another instance");
        }
        return PAUSE;
    }

    private Optional<Import> claim() {
        return Objects.requireNonNull(transaction.execute(_ -> imports.claim(me, LEASE)));
    }

    private void carryOut(Import file) {
        if (file.state() == ImportState.LOADING || check(file)) {
            try {
                load(file);
            } catch (NamesDiffer e) {
                // Somebody was registered under another name in between: the whole of it is told.
                judge(file);
            }
        }
    }

    /** Whether the file may be loaded; goes on after the last line whose check is kept. */
    private boolean check(Import file) {
        var agencies = checkImport.agencies(file.region());
        int checked = file.checked();
        while (true) {
            int from = checked;
            int next = Objects.requireNonNull(transaction.execute(_ -> {
                var lines = imports.lines(file.id(), from, BATCH);
                if (lines.isEmpty()) {
                    return from;
                }
                checkImport.check(file.id(), lines, agencies);
                int last = lines.getLast().line();
                keep(imports.progress(file.id(), me, ImportState.CHECKING, last, LEASE));
                return last;
            }));
            if (next == from) {
                return judge(file);
            }
            checked = next;
            if (isStopping()) {
                return false;
            }
        }
    }

    /** What no line shows by itself; then the file is refused with everything, waits for its approval, or may be loaded. */
    private boolean judge(Import file) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            errors.addContradictions(file.id());
            var checked = imports.find(file.id()).orElseThrow();
            keep(imports.progress(file.id(), me, ImportState.CHECKING, checked.checked(), LEASE));
            boolean isGood = imports.find(file.id()).orElseThrow().errors() == 0;
            if (!isGood) {
                keep(imports.finish(file.id(), me, ImportState.REFUSED, 0, 0, clock.instant()));
            } else if (file.approvedBy() == null) {
                keep(imports.awaitApproval(file.id(), me));
            }
            return isGood && file.approvedBy() != null;
        }));
    }

    /** All of the file or nothing of it. */
    private void load(Import file) {
        transaction.executeWithoutResult(_ -> {
            keep(periods.lockForLoading(file.id()));
            int persons = periods.findPersons(file.id());
            if (periods.hasStrangers(file.id())) {
                throw new NamesDiffer();
            }
            periods.addParticipations(file.id(), file.region());
            var batch = new ArrayList<Replacement>();
            var shown = new int[1];
            periods.groups(
                    file.id(),
                    file.region(),
                    group -> {
                        batch.add(replacement(group));
                        if (batch.size() == BATCH) {
                            flush(file, batch);
                        }
                    },
                    lines -> {
                        if (lines - shown[0] >= SHOWN_EVERY) {
                            shown[0] = lines;
                            beside.executeWithoutResult(_ -> imports.loaded(file.id(), lines, LEASE));
                        }
                    });
            flush(file, batch);
            keep(imports.finish(file.id(), me, ImportState.LOADED, file.lines(), persons, clock.instant()));
        });
        LOG.info("import {} of {} is loaded: {} lines", file.id(), file.region(), file.lines());
    }

    private void flush(Import file, List<Replacement> batch) {
        periods.keepPaid(batch);
        var approvedBy = Objects.requireNonNull(file.approvedBy());
        entries.record(
                batch.stream().map(Replacement::key).toList(),
                new Cause("file:" + file.id(), file.receivedBy(), approvedBy));
        batch.clear();
    }

    private static Replacement replacement(Group group) {
        return new Replacement(group.key(), PaidMonths.together(group.loose(), group.brought(), group.fixed()));
    }

    private static void keep(boolean isOurs) {
        if (!isOurs) {
            throw new LeaseLost();
        }
    }

    /** Another instance has the file now; what this one did in the transaction is undone. */
    private static final class LeaseLost extends RuntimeException {
        LeaseLost() {
            super("the lease on an import has gone to another instance");
        }
    }

    /** The register has changed since the check. */
    private static final class NamesDiffer extends RuntimeException {
        NamesDiffer() {
            super("a certificate of an import is registered under another name");
        }
    }
}
