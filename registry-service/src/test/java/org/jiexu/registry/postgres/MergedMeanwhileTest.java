package org.jiexu.registry.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two records turn out to be one person's while somebody waits for the one that is merged. */
class MergedMeanwhileTest {
    private static final Person MERGED = person("P000000000001", "430102900101001");
    private static final Person KEPT = person("P000000000002", "430102199001010019");

    private static DataSource database;
    private static JdbcClient jdbc;
    private static PersonStore persons;

    @BeforeAll
    static void open() {
        database = EmptyRegistry.database("merged_meanwhile");
        jdbc = JdbcClient.create(database);
        persons = new PersonStore(jdbc);
        persons.add(MERGED);
        persons.add(KEPT);
    }

    @Test
    void whoeverWaitedForTheMergedRecordHasTheKeptOneLocked() {
        var waiting = new CompletableFuture<Optional<Person>>();

        transaction().executeWithoutResult(_ -> {
            persons.lock(MERGED.id());
            waiting.completeAsync(() -> locked(() -> persons.lock(MERGED.id())));
            await().until(MergedMeanwhileTest::somebodyWaits);
            new MergeStore(jdbc).rename(MERGED.id(), KEPT.id(), Instant.EPOCH);
        });

        assertThat(waiting.orTimeout(30, SECONDS).join()).contains(KEPT);
        assertThat(locked(() -> persons.lock(MERGED.certificate()))).contains(KEPT);
    }

    private static Optional<Person> locked(Supplier<Optional<Person>> lock) {
        return Objects.requireNonNull(transaction().execute(_ -> lock.get()));
    }

    private static TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(database));
    }

    private static boolean somebodyWaits() {
        return jdbc.sql("select exists (select 1 from pg_stat_activity where wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    private static Person person(String id, String certificate) {
        return new Person(new PersonId(id), new Certificate(CertificateType.IDENTITY_CARD, certificate), "测试甲", "1");
    }
}
