package org.jiexu.registry.postgres;

import org.flywaydb.core.Flyway;
import org.jiexu.infrastructure.TestInfrastructure;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A registry's database as a new service finds it, without the service. Each statement has a session of its own, which
 * tells the server what it has read when it ends.
 */
final class EmptyRegistry {
    private EmptyRegistry() {}

    static DriverManagerDataSource database(String name) {
        var database = TestInfrastructure.shared().newDatabase(name);
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/bus", "classpath:db/registry")
                .outOfOrder(true)
                .load()
                .migrate();
        return source;
    }
}
