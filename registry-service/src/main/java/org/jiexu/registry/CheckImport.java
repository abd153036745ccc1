package org.jiexu.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jiexu.bus.csv.LineProblem;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.domain.ImportLine;
import org.jiexu.registry.domain.ImportLine.Fault;
import org.jiexu.registry.domain.ImportLine.Read;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.ImportErrorStore;
import org.jiexu.registry.postgres.ImportErrorStore.ImportError;
import org.jiexu.registry.postgres.ImportPeriodStore;
import org.jiexu.registry.postgres.ImportPeriodStore.Good;
import org.jiexu.registry.postgres.ImportStore.RawLine;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;

/** 校验导入文件 — line by line, every fault of every line; nothing is in the register yet. */
@Component
class CheckImport {
    private final DirectoryStore directory;
    private final ImportPeriodStore periods;
    private final ImportErrorStore errors;
    private final AddPerson addPerson;
    private final BusinessClock clock;

    CheckImport(
            DirectoryStore directory,
            ImportPeriodStore periods,
            ImportErrorStore errors,
            AddPerson addPerson,
            BusinessClock clock) {
        this.directory = directory;
        this.periods = periods;
        this.errors = errors;
        this.addPerson = addPerson;
        this.clock = clock;
    }

    /** 经办机构 that the file may name, and the one that is meant when it names none. */
    record Agencies(Set<String> codes, String main) {}

    Agencies agencies(RegionCode region) {
        return new Agencies(
                directory.agencies(region).stream()
                        .map(agency -> agency.shown().code())
                        .collect(Collectors.toSet()),
                directory.agencyCode(region, null).orElseThrow());
    }

    /** In the caller's transaction. */
    void check(String id, List<RawLine> lines, Agencies agencies) {
        var good = new ArrayList<Good>();
        var bad = new ArrayList<ImportError>();
        Map<Certificate, PersonId> candidates = new HashMap<>();
        var rules = clock.certificateRules();
        for (RawLine line : lines) {
            if (line.problem() != null) {
                bad.add(new ImportError(
                        line.line(),
                        null,
                        line.problem(),
                        LineProblem.valueOf(line.problem()).message()));
                continue;
            }
            switch (ImportLine.read(line.cells(), agencies.codes(), rules)) {
                case Read.Good(var read) -> {
                    var agency = read.agency() == null ? agencies.main() : read.agency();
                    var candidate = candidates.computeIfAbsent(read.certificate(), _ -> addPerson.newId());
                    good.add(new Good(line.line(), read, agency, candidate));
                }
                case Read.Bad(var faults) -> faults.forEach(fault -> bad.add(error(line.line(), fault)));
            }
        }
        periods.add(id, good);
        errors.add(id, bad);
    }

    private static ImportError error(int line, Fault fault) {
        return new ImportError(
                line, fault.column() == null ? null : fault.column().header(), fault.code(), fault.message());
    }
}
