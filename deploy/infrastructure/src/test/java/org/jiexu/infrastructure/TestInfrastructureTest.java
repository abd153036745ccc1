package org.jiexu.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestInfrastructureTest {

    private final TestInfrastructure infrastructure = TestInfrastructure.shared();

    @Test
    void givesEveryTestADatabaseOfItsOwn() throws SQLException {
        var one = infrastructure.newDatabase("registry");
        var other = infrastructure.newDatabase("registry");

        assertThat(other.name()).startsWith("registry_").isNotEqualTo(one.name());
        try (var connection = DriverManager.getConnection(one.jdbcUrl(), one.user(), one.password())) {
            assertThat(connection.getCatalog()).isEqualTo(one.name());
        }
    }

    @Test
    void carriesRecords() throws Exception {
        infrastructure.createTopic("carried", 1, true);
        infrastructure.createTopic("carried", 1, true);

        Records.send(infrastructure.bootstrapServers(), "carried", "value");

        assertThat(Records.all(infrastructure.bootstrapServers(), "carried")).containsExactly("value");
    }
}
