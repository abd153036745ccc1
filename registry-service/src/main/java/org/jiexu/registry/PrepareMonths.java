package org.jiexu.registry;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.FieldProblem;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.MonthsBatchStore;
import org.jiexu.registry.postgres.MonthsBatchStore.Batch;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.FieldFault;
import org.jiexu.wire.vocabulary.InsuredTime;
import org.jiexu.wire.vocabulary.PersonName;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 缴费批次经办 — the first person's half of what creates paid months (R11.5): the control total agrees and every line is
 * possible. Then it is kept; the register has not changed yet.
 */
@Service
public class PrepareMonths {
    private static final int FAULTS_TOLD = 200;

    private final MonthsBatchStore batches;
    private final PersonStore persons;
    private final DirectoryStore directory;
    private final BusinessClock clock;

    PrepareMonths(MonthsBatchStore batches, PersonStore persons, DirectoryStore directory, BusinessClock clock) {
        this.batches = batches;
        this.persons = persons;
        this.directory = directory;
        this.clock = clock;
    }

    /** 控制总数 — what the submitter has counted elsewhere. */
    public record ControlTotal(int persons, int months) {}

    /** The batch as kept; the same content again is the same batch, whatever became of it. */
    @Transactional
    public Batch run(
            RegionCode region, String name, String reason, MonthsBatch content, ControlTotal stated, String by) {
        refuse(faults(region, content));
        if (content.countPersons() != stated.persons() || content.countMonths() != stated.months()) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "CONTROL_TOTAL_DIFFERS", "申报的人数或月数与明细不一致，请核对后重新提交。")
                    .with("persons", content.countPersons())
                    .with("months", content.countMonths());
        }
        batches.insert(
                region,
                name,
                reason,
                stated.persons(),
                stated.months(),
                content.digest(),
                content.text(),
                by,
                clock.instant());
        var kept = batches.find(region, name).orElseThrow();
        if (!kept.digest().equals(content.digest()) || !kept.reason().equals(reason)) {
            throw Problem.conflict("BATCH_DIFFERS", "该批次号曾以不同内容提交，请更换批次号。");
        }
        return kept;
    }

    private List<FieldProblem> faults(RegionCode region, MonthsBatch content) {
        var faults = new Faults();
        for (int i = 0; i < content.persons().size(); i++) {
            imported(region, content.persons().get(i), "persons[" + i + "]", faults);
        }
        for (int i = 0; i < content.payments().size(); i++) {
            paying(region, content.payments().get(i), "payments[" + i + "]", faults);
        }
        return faults.found;
    }

    private void imported(RegionCode region, ImportPersons.Imported person, String place, Faults faults) {
        var time = time(person.certificate(), place, faults);
        faults.add(place + ".name", PersonName.fault(person.name()));
        persons.person(person.certificate())
                .filter(known -> !PersonName.same(known.name(), person.name()))
                .ifPresent(_ -> faults.add(place + ".name", "NAME_NUMBER_MISMATCH", "姓名与证件号码不一致。"));
        for (var one : person.participations()) {
            agency(region, one.agency(), place, faults);
            for (var period : one.paid()) {
                months(time, period.from(), period.to(), place + ".paid", faults);
                agency(region, period.agency(), place + ".paid", faults);
            }
            one.inherited().forEach(row -> row(time, row, place + ".inherited", faults));
        }
    }

    private void paying(RegionCode region, MonthsBatch.Paying paying, String place, Faults faults) {
        var person = persons.person(paying.certificate());
        if (person.isEmpty()
                || persons.relationship(new RelationshipKey(person.get().id(), region, paying.scheme()))
                        .isEmpty()) {
            faults.add(place, "NOT_INSURED_HERE", "本统筹区没有该人员的这一参保关系。");
        }
        var time = time(paying.certificate(), place, faults);
        for (var payment : paying.periods()) {
            var period = payment.period("");
            months(time, period.from(), period.to(), place + ".periods", faults);
            agency(region, payment.agency(), place + ".periods", faults);
        }
    }

    /** The months that the holder of the number can have paid. */
    private InsuredTime time(Certificate certificate, String place, Faults faults) {
        var wrongNumber = clock.certificateRules().fault(certificate);
        faults.add(place + ".certificateNumber", wrongNumber);
        return new InsuredTime(clock.today(), wrongNumber == null ? certificate.bornOn() : null);
    }

    private static void row(InsuredTime time, SheetRow row, String place, Faults faults) {
        months(time, row.from(), row.to(), place, faults);
        if (row.months() < 1 || row.from().plusMonths(row.months() - 1L).isAfter(row.to())) {
            faults.add(place, "ROW_MONTHS", "月数应为1至起止年月之间的月数。");
        }
    }

    private static void months(InsuredTime time, YearMonth from, YearMonth to, String place, Faults faults) {
        var impossible = time.faultOfMonth(from);
        faults.add(place, impossible == null ? time.faultOfMonth(to) : impossible);
        if (to.isBefore(from)) {
            faults.add(place, "PERIOD_REVERSED", "终止年月早于起始年月。");
        }
    }

    private void agency(RegionCode region, @Nullable String code, String place, Faults faults) {
        if (directory.agencyCode(region, code).isEmpty()) {
            faults.add(place + ".agency", "UNKNOWN_AGENCY", "本统筹区没有这一经办机构。");
        }
    }

    private static void refuse(List<FieldProblem> faults) {
        if (!faults.isEmpty()) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "BATCH_HAS_FAULTS", "批次中有不能办理的明细，整批未受理，请更正后重新提交。")
                    .withErrors(faults);
        }
    }

    private static final class Faults {
        final List<FieldProblem> found = new ArrayList<>();

        void add(String field, String code, String words) {
            if (found.size() < FAULTS_TOLD) {
                found.add(new FieldProblem(field, code, words));
            }
        }

        void add(String field, @Nullable FieldFault fault) {
            if (fault != null) {
                add(field, fault.code(), fault.message());
            }
        }
    }
}
