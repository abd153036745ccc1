package org.jiexu.registry.web;

import jakarta.validation.Valid;
import org.jiexu.bus.client.OldRecordsAnswer;
import org.jiexu.bus.client.OldRecordsAnswer.Standing;
import org.jiexu.bus.client.OldRecordsRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.FindOldRecords;
import org.jiexu.registry.FindOldRecords.Found;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.postgres.OldRecordStore.OldRecord;
import org.jiexu.wire.vocabulary.Certificate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 省内原参保关系 for the platform's services. */
@RestController
@RequestMapping("/internal/old-records")
class OldRecordsController {
    private final FindOldRecords findOldRecords;

    OldRecordsController(FindOldRecords findOldRecords) {
        this.findOldRecords = findOldRecords;
    }

    @PostMapping
    OldRecordsAnswer find(@Valid @RequestBody OldRecordsRequest asked) {
        return answer(found(asked));
    }

    private Found found(OldRecordsRequest asked) {
        if (asked.person() != null) {
            return findOldRecords.of(asked.person(), asked.region());
        }
        if (asked.certificateType() == null || asked.certificateNumber() == null || asked.name() == null) {
            throw Problem.field("person", "REQUIRED", "请填写人员编号，或者证件类型、证件号码和姓名。");
        }
        var certificate = new Certificate(asked.certificateType(), asked.certificateNumber());
        return findOldRecords.of(certificate, asked.name(), asked.region());
    }

    private static OldRecordsAnswer answer(Found found) {
        var person = found.person();
        return new OldRecordsAnswer(
                person.id(),
                person.certificate().type(),
                person.certificate().number(),
                person.name(),
                found.here() == null ? null : standing(found.here()),
                found.records().stream().map(OldRecordsController::record).toList());
    }

    private static OldRecordsAnswer.OldRecord record(OldRecord record) {
        return new OldRecordsAnswer.OldRecord(
                record.region(),
                standing(record.status()),
                record.personType().isRetiree(),
                record.isLeft(),
                record.months(),
                record.firstMonth(),
                record.lastMonth(),
                record.openCase(),
                record.filling(),
                record.neverFilled(),
                record.isLeftByChoice() ? true : null);
    }

    private static Standing standing(ParticipationStatus status) {
        return switch (status) {
            case INSURED -> Standing.INSURED;
            case SUSPENDED -> Standing.SUSPENDED;
            case TERMINATED -> Standing.TERMINATED;
        };
    }
}
