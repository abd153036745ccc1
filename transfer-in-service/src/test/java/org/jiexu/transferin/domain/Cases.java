package org.jiexu.transferin.domain;

import java.time.Instant;
import java.util.Random;
import org.jiexu.transferin.domain.Application.Cause;
import org.jiexu.transferin.domain.Application.Identification;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** Cases to test with: 济宁 to 长沙; the persons' area code is no county's. */
public final class Cases {
    public static final RegionCode CHANGSHA = new RegionCode("430100");
    public static final RegionCode JINING = new RegionCode("370800");
    public static final PersonId PERSON = new PersonId("P000000000001");
    public static final Instant SUBMITTED_AT = Instant.parse("2026-09-14T01:00:00Z");

    private Cases() {}

    public static CaseNumber number(int seed) {
        return CaseNumber.random(CHANGSHA, 2026, new Random(seed));
    }

    public static Certificate certificate(int n) {
        var seventeen = "43990019800101" + "%03d".formatted(n);
        return new Certificate(CertificateType.IDENTITY_CARD, seventeen + Certificate.checkDigit(seventeen));
    }

    public static Application application() {
        return new Application(
                certificate(1),
                "张三",
                JINING,
                Scheme.EMPLOYEE,
                CHANGSHA,
                Scheme.EMPLOYEE,
                Cause.WORK,
                Channel.NATIONAL_APP,
                new Wishes(AccountWish.MOVES, false),
                Proof.at(SUBMITTED_AT, Identification.FACE, "2026-01"),
                SUBMITTED_AT);
    }

    public static CaseFile submitted(int seed) {
        return CaseFile.submitted(number(seed), application(), new Applicant("u-1", "PERSON", PERSON, null, null));
    }
}
