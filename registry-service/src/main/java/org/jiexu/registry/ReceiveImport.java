package org.jiexu.registry;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.ImportLine.Column;
import org.jiexu.registry.domain.ImportState;
import org.jiexu.registry.postgres.ImportStore;
import org.jiexu.registry.postgres.ImportStore.Import;
import org.jiexu.registry.postgres.ImportStore.RawLine;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 接收导入文件 — takes a file in line by line, never as a whole: each thousand lines is a transaction of its own. The same file
 * twice is one import; one that was refused is checked anew, for the register may have changed.
 */
@Service
public class ReceiveImport {
    static final int MOST_LINES = 100_000;
    private static final int BATCH = 1000;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String WRONG_COLUMN_COUNT = "WRONG_COLUMN_COUNT";

    private final ImportStore imports;
    private final LoadImports loadImports;
    private final TransactionTemplate transaction;
    private final BusinessClock clock;

    ReceiveImport(ImportStore imports, LoadImports loadImports, TransactionTemplate transaction, BusinessClock clock) {
        this.imports = imports;
        this.loadImports = loadImports;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Not in a transaction: the body comes as slowly as it likes. */
    public Import receive(RegionCode region, String by, InputStream body) throws IOException {
        var id = UuidV7.next().toString();
        transaction.executeWithoutResult(_ -> imports.begin(id, region, by, clock.instant(), LEASE));
        boolean isKept = false;
        try {
            var digest = stage(id, body);
            var kept = keep(id, region, digest);
            isKept = true;
            loadImports.wake();
            return kept;
        } finally {
            if (!isKept) {
                transaction.executeWithoutResult(_ -> imports.delete(id));
            }
        }
    }

    private String stage(String id, InputStream body) throws IOException {
        var digesting = new DigestInputStream(body, sha256());
        var reader = new CsvReader(digesting);
        var places = places(reader.next());
        var batch = new ArrayList<RawLine>();
        int count = 0;
        for (var line = reader.next(); line != null; line = reader.next()) {
            if (line.isBlank()) {
                continue;
            }
            if (++count > MOST_LINES) {
                throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "TOO_MANY_LINES", "一个文件最多100000行，请分成几个文件导入。");
            }
            batch.add(raw(line, places));
            if (batch.size() == BATCH) {
                flush(id, batch);
            }
        }
        if (count == 0) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "EMPTY_FILE", "文件中没有数据行。");
        }
        flush(id, batch);
        return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    }

    private void flush(String id, List<RawLine> batch) {
        transaction.executeWithoutResult(_ -> imports.add(id, batch, LEASE));
        batch.clear();
    }

    /** Where each column stands; they may come in any order, with all of them named. */
    private static List<Integer> places(CsvReader.@Nullable Line header) {
        var names = header == null
                ? List.<String>of()
                : header.cells().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
        var wanted = Stream.of(Column.values())
                .map(column -> column.header().toLowerCase(Locale.ROOT))
                .toList();
        if (names.size() != wanted.size() || !names.containsAll(wanted)) {
            throw new Problem(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "BAD_HEADER",
                            "第一行应为列名，并且恰好包含以下各列：" + String.join("、", headers()) + "。")
                    .with("columns", headers());
        }
        return wanted.stream().map(names::indexOf).toList();
    }

    private static List<String> headers() {
        return Stream.of(Column.values()).map(Column::header).toList();
    }

    private static RawLine raw(CsvReader.Line line, List<Integer> places) {
        if (line.problem() != null) {
            return new RawLine(line.number(), List.of(), line.problem());
        }
        if (line.cells().size() != places.size()) {
            return new RawLine(line.number(), List.of(), WRONG_COLUMN_COUNT);
        }
        return new RawLine(
                line.number(),
                IntStream.range(0, places.size())
                        .mapToObj(column -> line.cells().get(places.get(column)))
                        .toList(),
                null);
    }

    private Import keep(String id, RegionCode region, String digest) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> keepOnce(id, region, digest)));
        } catch (DuplicateKeyException e) {
            // Another upload of the same file was quicker by a moment.
            return Objects.requireNonNull(transaction.execute(_ -> keepOnce(id, region, digest)));
        }
    }

    private Import keepOnce(String id, RegionCode region, String digest) {
        var same = imports.sameFile(region, digest);
        if (same.isEmpty()) {
            imports.received(id, digest);
            return imports.find(id).orElseThrow();
        }
        var known = same.get().id();
        if (same.get().state() == ImportState.REFUSED) {
            imports.checkAnew(known, id);
        } else {
            imports.delete(id);
        }
        return imports.find(known).orElseThrow();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
