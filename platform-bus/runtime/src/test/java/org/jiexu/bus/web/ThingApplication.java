package org.jiexu.bus.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Things are created and looked at; what a test wants to go wrong is said in the thing's note. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({WebConfiguration.class, ThingApplication.Things.class})
class ThingApplication {
    record Person(
            @NotBlank @Size(max = 30) String certificateNumber,
            @NotBlank @Size(max = 50) String name) {}

    record Thing(
            @NotNull @Valid Person person,
            @Nullable RegionCode region,
            @Nullable Scheme scheme,
            @Nullable Fen amount,
            @Nullable @Digits(integer = 12, fraction = 2) BigDecimal measured,
            int months,
            boolean agreed,
            @Nullable LocalDate on,
            @Nullable String note) {}

    record Stored(
            long id, String name, LocalDate seen, @Nullable String absent) {}

    @RestController
    static class Things {
        static final CountDownLatch SLOW_HAS_BEGUN = new CountDownLatch(1);
        static final CountDownLatch SLOW_MAY_END = new CountDownLatch(1);

        private final JdbcClient jdbc;
        private final TransactionTemplate transaction;

        Things(JdbcClient jdbc, PlatformTransactionManager manager) {
            this.jdbc = jdbc;
            this.transaction = new TransactionTemplate(manager);
            jdbc.sql("create table if not exists thing (id bigint generated always as identity primary key, name text)")
                    .update();
        }

        @Creates
        @PostMapping("/api/v1/things")
        ResponseEntity<Stored> create(@Valid @RequestBody Thing thing, Caller caller) throws InterruptedException {
            caller.requireRole(Role.CLERK);
            var note = thing.note() == null ? "" : thing.note();
            if (note.equals("slow")) {
                SLOW_HAS_BEGUN.countDown();
                SLOW_MAY_END.await();
            }
            var stored = transaction.execute(_ -> store(thing));
            switch (note) {
                case "break-after-commit" ->
                    throw new IllegalStateException(thing.person().certificateNumber());
                case "busy" -> throw Problem.unavailable("BUSY", "请稍后再试。");
                default -> {}
            }
            return ResponseEntity.created(URI.create("/api/v1/things/" + stored.id()))
                    .body(stored);
        }

        /** Creates without naming what it creates. */
        @PostMapping("/api/v1/notes")
        ResponseEntity<Stored> note(@Valid @RequestBody Thing thing) {
            var note = thing.note() == null ? "" : thing.note();
            switch (note) {
                case "break" -> throw new IllegalStateException(thing.person().certificateNumber());
                case "stale" ->
                    throw new OptimisticLockingFailureException(thing.person().certificateNumber());
                case "refuse" ->
                    throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "REFUSED", "不予受理。").with("number", "N-1");
                default -> {}
            }
            var id = insert(thing);
            return ResponseEntity.ok(new Stored(id, thing.person().name(), LocalDate.of(2026, 9, 14), null));
        }

        @GetMapping("/api/v1/things/{id}")
        Stored get(@PathVariable("id") long id) {
            return jdbc.sql("select name from thing where id = :id")
                    .param("id", id)
                    .query(String.class)
                    .optional()
                    .map(name -> new Stored(id, name, LocalDate.of(2026, 9, 14), null))
                    .orElseThrow(Problem::notFound);
        }

        @GetMapping("/api/v1/numbers")
        Page<String> numbers(PageRequest page) {
            int from = page.after() == null ? 1 : Integer.parseInt(page.after()) + 1;
            var fetched = IntStream.range(from, Math.min(from + page.limitPlusOne(), 121))
                    .mapToObj(String::valueOf)
                    .toList();
            return Page.of(page, fetched, number -> number);
        }

        @GetMapping("/api/v1/me")
        Caller me(Caller caller) {
            return caller;
        }

        @GetMapping("/api/v1/regions/{region}")
        RegionCode region(@PathVariable("region") RegionCode region, @RequestParam("on") LocalDate on) {
            return region;
        }

        @PostMapping("/api/v1/agency/430100/participation/import")
        int bulk(@RequestBody List<String> rows) {
            return rows.size();
        }

        @PostMapping(path = "/api/v1/files", consumes = "text/csv")
        int file(@RequestBody byte[] file) {
            return file.length;
        }

        @GetMapping("/internal/ping")
        String ping() {
            var trace = TraceContext.current();
            return trace == null ? "" : trace.traceparent();
        }

        private Stored store(Thing thing) {
            long id = insert(thing);
            Idempotency.produced("/api/v1/things/" + id);
            if ("stale".equals(thing.note())) {
                throw new OptimisticLockingFailureException(thing.person().certificateNumber());
            }
            return new Stored(id, thing.person().name(), LocalDate.of(2026, 9, 14), null);
        }

        private long insert(Thing thing) {
            return jdbc.sql("insert into thing (name) values (:name) returning id")
                    .param("name", thing.person().name())
                    .query(Long.class)
                    .single();
        }
    }
}
