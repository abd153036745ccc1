package org.jiexu.wire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.Test;

class EventTypeTest {
    @Test
    void isFoundByItsNameAndByItsData() {
        assertThat(EventType.values())
                .allSatisfy(type ->
                        assertThat(EventType.ofWireName(type.wireName())).contains(type));
        assertThat(EventType.of(new NotDueV1(NotDueReason.DECLINED))).isEqualTo(EventType.NOT_DUE);
        assertThat(EventType.ofWireName("transfer.accepted.v2")).isEmpty();
        assertThat(EventType.ofWireName("transfer.accepted")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> EventType.of(new EventData() {}));
    }

    @Test
    void hasItsVersionInItsName() {
        assertThat(EventType.values()).allSatisfy(type -> {
            assertThat(type.wireName()).matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*\\.v1");
            assertThat(type.dataClass().getSimpleName()).endsWith("V1");
        });
    }

    @Test
    void maySayOnlyWhatTheProtocolGivesToAService() {
        assertThat(Stream.of(ServiceName.values())
                        .collect(Collectors.toMap(
                                service -> service,
                                service -> Stream.of(EventType.values())
                                        .filter(type -> type.maySay(service))
                                        .map(EventType::wireName)
                                        .collect(Collectors.joining(" ")))))
                .containsEntry(
                        ServiceName.TRANSFER_IN,
                        "transfer.accepted.v1 transfer.withdrawal-requested.v1 info-sheet.returned.v1"
                                + " contact-letter.issued.v1 transfer.reminded.v1 transfer.supplemented.v1"
                                + " transfer.completed.v1"
                                + " balance.credit-ordered.v1 balance.not-due.v1 history.booked.v1 case.progressed.v1"
                                + " deadline.warned.v1 deadline.missed.v1 deadline.escalated.v1 deadline.revised.v1")
                .containsEntry(
                        ServiceName.TRANSFER_OUT,
                        "transfer.withdrawn.v1 transfer.declined.v1 info-sheet.issued.v1 transfer.reminder-answered.v1"
                                + " transfer.paused.v1 transfer.resumed.v1"
                                + " balance.hold-requested.v1 balance.release-ordered.v1 balance.remit-ordered.v1"
                                + " balance.pay-out-ordered.v1 relationship.terminated.v1 case.progressed.v1"
                                + " deadline.warned.v1 deadline.missed.v1 deadline.escalated.v1 deadline.revised.v1")
                .containsEntry(
                        ServiceName.SETTLEMENT,
                        "balance.held.v1 balance.hold-refused.v1 balance.remitted.v1 balance.credited.v1"
                                + " balance.suspended.v1 balance.taken-back.v1 balance.paid-out.v1 balance.returned.v1"
                                + " left-over.found.v1 account.left.v1 pay-out.progressed.v1"
                                + " deadline.warned.v1 deadline.missed.v1 deadline.escalated.v1 deadline.revised.v1"
                                + " debt.recorded.v1 quarter.stated.v1"
                                + " clearing.generated.v1 payment.up.v1 payment.down.v1")
                .containsEntry(
                        ServiceName.REGISTRY,
                        "participation.opened.v1 participation.suspended.v1 participation.resumed.v1 person.merged.v1"
                                + " region.listed.v1 key.registered.v1 policy.dated.v1 calendar.published.v1"
                                + " clock.moved.v1");
    }

    @Test
    void livesOnATopicOfItsFamily() {
        var changsha = new RegionCode("430100");

        assertThat(Topics.ofRegion(changsha))
                .containsExactly(
                        "platform.transfer.430100",
                        "platform.balance.430100",
                        "platform.participation.430100",
                        "platform.quarantine.430100");
        assertThat(Stream.of(TopicFamily.values()).filter(family -> !family.isPerRegion()))
                .extracting(TopicFamily::prefix)
                .containsExactly(Topics.PROGRESS, Topics.DEADLINE, Topics.DIRECTORY);
    }
}
