package org.jiexu.settlement.postgres;

import java.util.List;
import org.jiexu.settlement.domain.Fact;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Posting;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 经办复核存储 — which two persons made a posting. Written in the posting's transaction, and never changed. */
@Repository
public class HandStore {
    private final JdbcClient jdbc;

    public HandStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A posting that has its persons keeps them. */
    public void write(Posting posting, Hands hands) {
        jdbc.sql("""
            insert into posting_hand (posting, act, prepared_by, approved_by)
            select id, :act, :preparedBy, :approvedBy from posting where region = :region and business_key = :key
            on conflict (posting) do nothing
            """)
                .param("act", hands.act().name())
                .param("preparedBy", hands.preparedBy())
                .param("approvedBy", hands.approvedBy())
                .param("region", posting.ledger().value())
                .param("key", posting.key())
                .update();
    }

    /** Of everything that these facts post. */
    public void write(List<Fact> facts, Hands hands) {
        for (var fact : facts) {
            if (fact instanceof Fact.Post(var posting)) {
                write(posting, hands);
            }
        }
    }
}
