package org.jiexu.registry;

import java.time.Instant;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.registry.domain.LeftWords;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.LeftBalanceStore;
import org.jiexu.registry.postgres.MessageStore;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.contract.LeftReason;
import org.jiexu.wire.contract.PayOutProgressedV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 留存余额 — keeps what the old region's settlement says of an account, so that money alone can be applied for (R2.10), and
 * tells the person of what stays once the relationship has ended.
 */
@Component
public class KeepLeftBalance {
    private final PersonStore persons;
    private final LeftBalanceStore left;
    private final MessageStore messages;
    private final DirectoryStore directory;
    private final Policies policies;

    KeepLeftBalance(
            PersonStore persons,
            LeftBalanceStore left,
            MessageStore messages,
            DirectoryStore directory,
            Policies policies) {
        this.persons = persons;
        this.left = left;
        this.messages = messages;
        this.directory = directory;
        this.policies = policies;
    }

    public Answer left(Received received, AccountLeftV1 told) {
        if (isAnothers(received, told.region(), told.person()) || told.amount().compareTo(Fen.ZERO) < 0) {
            return new Answer.Quarantined("a region tells of an account that is not its own");
        }
        var person = persons.lock(told.person());
        if (person.isEmpty()) {
            return new Answer.Rejected("nobody has this person id");
        }
        var id = person.get().id();
        var before = left.amount(id, told.region());
        if (!left.keep(id, told)) {
            return new Answer.AlreadyDone();
        }
        var now = left.amount(id, told.region());
        // Before its end the relationship takes the money along; of an amount that grows smaller its case or pay-out
        // tells.
        if (now.compareTo(before) > 0) {
            left.endedBy(id, told.region())
                    .ifPresent(number -> tell(
                            received,
                            told.caseNumber() == null ? number : told.caseNumber(),
                            id,
                            told.region(),
                            now,
                            told.why(),
                            told.ground(),
                            told.at()));
        }
        return new Answer.Moved();
    }

    /** Into the row alone, for a rebuild: nobody is told anything again. */
    void keepAgain(Received received, AccountLeftV1 told) {
        if (!isAnothers(received, told.region(), told.person())
                && persons.record(told.person()).isPresent()) {
            left.keep(persons.kept(told.person()), told);
        }
    }

    /** The relationship has ended with that case, and money stays behind. */
    void ended(Received received, PersonId person, RegionCode region, CaseNumber number, Instant at) {
        var amount = left.amount(person, region);
        if (amount.isPositive()) {
            tell(received, number, person, region, amount, LeftReason.CHOSEN, null, at);
        }
    }

    public Answer payOut(Received received, PayOutProgressedV1 told) {
        if (isAnothers(received, told.region(), told.person())) {
            return new Answer.Quarantined("a region tells of an account that is not its own");
        }
        var person = persons.lock(told.person());
        if (person.isEmpty()) {
            return new Answer.Rejected("nobody has this person id");
        }
        messages.tellPerson(
                left.endedBy(person.get().id(), told.region()).orElse(null),
                received.source(),
                told.person(),
                received.envelope().sequence(),
                person.get().id(),
                "PAY_OUT_" + told.step(),
                LeftWords.payOut(name(told.region()), told.step(), told.amount(), told.why()),
                told.at());
        return new Answer.Moved();
    }

    private static boolean isAnothers(Received received, RegionCode region, PersonId person) {
        return !received.source().equals(Source.of(region, ServiceName.SETTLEMENT))
                || !person.value().equals(received.envelope().subject());
    }

    private void tell(
            Received received,
            CaseNumber number,
            PersonId person,
            RegionCode region,
            Fen amount,
            LeftReason why,
            @Nullable String ground,
            Instant at) {
        messages.tellPerson(
                number,
                received.source(),
                new PersonId(received.envelope().subject()),
                received.envelope().sequence(),
                person,
                "ACCOUNT_LEFT",
                LeftWords.left(name(region), amount, why, ground, policies.paysOutWhatStays(region)),
                at);
    }

    private String name(RegionCode region) {
        return directory.region(region).map(RegionListedV1::name).orElse(region.value());
    }
}
