package org.jiexu.transferin;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Channel;
import org.jiexu.transferin.domain.IdentityNumber;
import org.jiexu.transferin.domain.SealedLetter;
import org.jiexu.transferin.postgres.LetterStore;
import org.jiexu.wire.contract.AgencyV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.sheet.ContactLetter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 开具联系函 — numbered, filled in and sealed in the transaction that accepts a window application (R2.5, R9.3). */
@Component
class IssueLetter {
    private final LetterStore letters;
    private final Directory directory;
    private final Policies policies;
    private final SigningKeys keys;
    private final ServiceIdentity identity;

    IssueLetter(
            LetterStore letters, Directory directory, Policies policies, SigningKeys keys, ServiceIdentity identity) {
        this.letters = letters;
        this.directory = directory;
        this.policies = policies;
        this.keys = keys;
        this.identity = identity;
    }

    SealedLetter issue(CaseFile file, Instant at) {
        var today = LocalDate.ofInstant(at, BusinessClock.ZONE);
        var letter = letter(file, number(file.receiving(), today.getYear()), today);
        var sealed = SealedLetter.seal(letter, keys.of(identity.source(file.receiving())), at);
        letters.keep(file.number(), sealed);
        return sealed;
    }

    private String number(RegionCode region, int year) {
        var listed = directory.region(region);
        return "%s（%s）（%d）（第 %07d 号）"
                .formatted(
                        listed.map(RegionListedV1::provinceName).orElse(region.province()),
                        listed.map(RegionListedV1::name).orElse(region.value()),
                        year,
                        letters.next(region, year));
    }

    private ContactLetter letter(CaseFile file, String number, LocalDate today) {
        var application = file.application();
        var certificate = application.certificate();
        var household = application.contact().household();
        return new ContactLetter(
                number,
                file.number(),
                file.sending(),
                agency(file.sending()).map(AgencyV1::name).orElse(name(file.sending())),
                file.receiving(),
                new ContactLetter.Person(
                        application.name(),
                        IdentityNumber.sex(certificate),
                        IdentityNumber.age(certificate, today),
                        application.contact().telephone(),
                        certificate,
                        household == null ? null : household.words()),
                application.wishes().account(),
                application.toScheme(),
                receiver(file.receiving()),
                application.channel() == Channel.WINDOW_RECEIVING
                        ? file.applicant().subject()
                        : null,
                today);
    }

    private ContactLetter.Agency receiver(RegionCode region) {
        var agency = agency(region);
        // name;bank;bank number;account number, as the region has set it; what it has not set is left blank.
        var account = List.of(policies.text(Policies.REMITTANCE_ACCOUNT, region).split(";", -1));
        return new ContactLetter.Agency(
                agency.map(AgencyV1::name).orElse(name(region)),
                agency.map(AgencyV1::address).orElse(null),
                agency.map(AgencyV1::postcode).orElse(null),
                agency.map(AgencyV1::telephone).orElse(null),
                region.value(),
                part(account, 0),
                part(account, 1),
                part(account, 2),
                part(account, 3));
    }

    /** The region's first agency in the directory is its main one. */
    private Optional<AgencyV1> agency(RegionCode region) {
        return directory
                .region(region)
                .flatMap(listed -> listed.agencies().stream().findFirst());
    }

    private String name(RegionCode region) {
        return directory.region(region).map(RegionListedV1::name).orElse(region.value());
    }

    private static @Nullable String part(List<String> parts, int i) {
        return i < parts.size() && !parts.get(i).isBlank() ? parts.get(i).strip() : null;
    }
}
