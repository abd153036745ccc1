package org.jiexu.bus.inbox;

import java.util.List;
import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferWithdrawnV1;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The smallest service: an acceptance opens a tally and is answered, a withdrawal request counts up only once it is
 * open, a completion fails unforeseen.
 */
@SpringBootApplication
@Import(BusConfiguration.class)
class CountingService {
    static final RegionCode HERE = new RegionCode("370800");
    static final RegionCode THERE = new RegionCode("430100");

    @Bean
    EventHandler handler(JdbcClient jdbc, Outbox outbox) {
        jdbc.sql("create table if not exists tally (number text primary key, requests int not null)")
                .update();
        return new EventHandler() {
            @Override
            public Subscription subscription() {
                return Subscription.of(List.of(Topics.transfer(HERE)));
            }

            @Override
            public boolean hears(EventType type) {
                return type != EventType.TRANSFER_REMINDED;
            }

            @Override
            public Answer handle(Received received) {
                var number = received.caseNumber().value();
                return switch (received.data()) {
                    case TransferAcceptedV1 _ -> {
                        jdbc.sql("insert into tally values (:number, 0)")
                                .param("number", number)
                                .update();
                        outbox.append(Event.transfer(
                                Source.of(HERE, ServiceName.TRANSFER_OUT),
                                THERE,
                                received.caseNumber(),
                                new TransferWithdrawnV1(received.time())));
                        yield Answer.moved();
                    }
                    case WithdrawalRequestedV1 _ ->
                        jdbc.sql("update tally set requests = requests + 1 where number = :number")
                                                .param("number", number)
                                                .update()
                                        == 1
                                ? Answer.moved()
                                : Answer.rejected("not open");
                    case TransferCompletedV1 _ -> throw new IllegalStateException("a fault of ours");
                    default -> Answer.quarantined("not ours");
                };
            }
        };
    }
}
