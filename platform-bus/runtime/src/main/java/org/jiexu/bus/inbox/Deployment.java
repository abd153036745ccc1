package org.jiexu.bus.inbox;

import org.springframework.jdbc.core.simple.JdbcClient;

/** 部署 — the database is the identity: instances on one share a consumer group, and two cities never meet in one. */
final class Deployment {
    private Deployment() {}

    /** Random, made once with the tables, and kept. */
    static String id(JdbcClient jdbc) {
        return jdbc.sql("select id::text from deployment").query(String.class).single();
    }
}
