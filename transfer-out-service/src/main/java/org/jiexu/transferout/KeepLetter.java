package org.jiexu.transferout;

import java.util.Optional;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferout.postgres.LetterStore;
import org.jiexu.transferout.postgres.LetterStore.ReceivedLetter;
import org.jiexu.wire.contract.ContactLetterIssuedV1;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.stereotype.Component;

/**
 * 联系函 — kept as it came, before or after its case; no clock runs from it, its receipt is shown (R2.5). Moves no case.
 */
@Component
class KeepLetter {
    private final LetterStore letters;
    private final Directory directory;
    private final BusinessClock clock;

    KeepLetter(LetterStore letters, Directory directory, BusinessClock clock) {
        this.letters = letters;
        this.directory = directory;
        this.clock = clock;
    }

    /** Who says it was checked by the caller; the seal outlives the envelope and is checked here. */
    Answer keep(Received received, RegionCode sending, ContactLetterIssuedV1 letter) {
        var number = received.caseNumber();
        if (!isSealed(number, letter, received)) {
            return Answer.quarantined("CONTRADICTION: the seal is not the receiving region's over this text");
        }
        var known = letters.find(number, letter.letterNumber());
        if (known.isPresent()) {
            return saysTheSame(known, letter)
                    ? Answer.alreadyDone()
                    : Answer.quarantined("CONTRADICTION: the letter came before with other content");
        }
        letters.insert(number, sending, letter, clock.instant());
        return Answer.alreadyDone();
    }

    private boolean isSealed(CaseNumber number, ContactLetterIssuedV1 letter, Received received) {
        return directory
                .signingKey(letter.sealKeyId())
                .filter(key -> key.owner().equals(Source.of(number.receivingRegion(), ServiceName.TRANSFER_IN)))
                .filter(key -> key.isValidAt(received.time()))
                .filter(key -> key.publicKey().keyId().equals(letter.sealKeyId()))
                .filter(key -> key.publicKey().verifies(Bytes.ofUtf8(letter.letter()), letter.seal()))
                .isPresent();
    }

    private static boolean saysTheSame(Optional<ReceivedLetter> known, ContactLetterIssuedV1 letter) {
        return known.map(ReceivedLetter::letter)
                .map(ContactLetterIssuedV1::letter)
                .filter(letter.letter()::equals)
                .isPresent();
    }
}
