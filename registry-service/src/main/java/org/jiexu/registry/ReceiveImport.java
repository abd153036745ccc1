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
import java.util.Objects;
import org.jiexu.bus.csv.CsvTable;
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

    /**
     * Not in a transaction: the body comes as slowly as it likes.
     *
     * @param contentType of the body, which may tell its encoding
     */
    public Import receive(RegionCode region, String by, @Nullable String contentType, InputStream body)
            throws IOException {
        var id = UuidV7.next().toString();
        transaction.executeWithoutResult(_ -> imports.begin(id, region, by, clock.instant(), LEASE));
        boolean isKept = false;
        try {
            var digest = stage(id, contentType, body);
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

    private String stage(String id, @Nullable String contentType, InputStream body) throws IOException {
        var digesting = new DigestInputStream(body, sha256());
        var table = new CsvTable(digesting, contentType, List.of(Column.values()));
        var batch = new ArrayList<RawLine>();
        int count = 0;
        for (var row = table.next(); row != null; row = table.next()) {
            if (++count > MOST_LINES) {
                throw new Problem(HttpStatus.CONTENT_TOO_LARGE, "TOO_MANY_LINES", "一个文件最多100000行，请分成几个文件导入。");
            }
            batch.add(raw(row));
            if (batch.size() == BATCH) {
                flush(id, batch);
            }
        }
        if (count == 0) {
            throw Problem.badRequest("EMPTY_FILE", "文件中没有数据行。");
        }
        flush(id, batch);
        return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    }

    private void flush(String id, List<RawLine> batch) {
        transaction.executeWithoutResult(_ -> imports.add(id, batch, LEASE));
        batch.clear();
    }

    private static RawLine raw(CsvTable.Row row) {
        var problem = row.problem();
        return new RawLine(row.line(), row.cells(), problem == null ? null : problem.name());
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
