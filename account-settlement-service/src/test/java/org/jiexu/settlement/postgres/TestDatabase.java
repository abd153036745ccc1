package org.jiexu.settlement.postgres;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jiexu.infrastructure.TestInfrastructure;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with settlement's tables, and nothing of the bus. */
final class TestDatabase implements AutoCloseable {
    private final HikariDataSource pool = new HikariDataSource();
    final JdbcClient jdbc;
    final TransactionTemplate transaction;

    TestDatabase() {
        var database = TestInfrastructure.shared().newDatabase("settlement");
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(12);
        // Deadlocks are wanted here, and to be seen at once.
        pool.setConnectionInitSql("set deadlock_timeout = '20ms'");
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/bus", "classpath:db/settlement")
                .load()
                .migrate();
        jdbc = JdbcClient.create((DataSource) pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    @Override
    public void close() {
        pool.close();
    }
}
