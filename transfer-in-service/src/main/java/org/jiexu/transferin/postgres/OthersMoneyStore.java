package org.jiexu.transferin.postgres;

import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 他区来款 — cases under whose number a region without a part in them has sent money; settlement has it in suspense. */
@Repository
public class OthersMoneyStore {
    private final JdbcClient jdbc;

    public OthersMoneyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void note(CaseNumber number) {
        jdbc.sql("insert into others_money (number) values (:number) on conflict do nothing")
                .param("number", number.value())
                .update();
    }

    public boolean isNoted(CaseNumber number) {
        return jdbc.sql("select 1 from others_money where number = :number")
                .param("number", number.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
