package org.jiexu.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the sandbox keeps: databases, topics, keys, logs. One launcher at a time; a marker file says that the
 * directory is ours, and nothing without it is ever deleted.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String MARKER = "jiexu-sandbox.properties";
    private static final String FORM = "form";
    private static final String PORT_BASE = "port-base";
    private static final String SAMPLE = "sample-loaded";
    private static final String STORIES = "stories-told";
    private static final String SAMPLES = "samples";

    private final Path root;
    private final FileChannel lock;
    private final Properties kept;

    private DataDirectory(Path root, FileChannel lock, Properties kept) {
        this.root = root;
        this.lock = lock;
        this.kept = kept;
    }

    /**
     * Opens or creates.
     *
     * @param portBase what was asked for; null takes the one remembered here, or the default
     */
    public static DataDirectory open(Path directory, Form form, @Nullable Integer portBase, boolean fresh) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            if (fresh) {
                deleteIfOurs(root);
            }
            refuseIfForeign(root);
            Files.createDirectories(root);
            FileChannel lock = take(root);
            boolean open = false;
            try {
                var kept = read(root);
                agree(kept, form, portBase);
                var data = new DataDirectory(root, lock, kept);
                data.write();
                for (String part : new String[] {"logs", "pids"}) {
                    Files.createDirectories(root.resolve(part));
                }
                open = true;
                return data;
            } finally {
                if (!open) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + root + " cannot be used", e);
        }
    }

    private static void agree(Properties kept, Form form, @Nullable Integer portBase) {
        String made = kept.getProperty(FORM, form.name());
        if (!made.equals(form.name())) {
            throw new CannotStart("these data were made by the form \""
                    + Form.valueOf(made).words() + "\" and its databases; for \"" + form.words()
                    + "\" take another directory with --data, or start over with --fresh");
        }
        String wanted = Integer.toString(portBase == null ? Addresses.DEFAULT_BASE : portBase);
        String remembered = kept.getProperty(PORT_BASE, wanted);
        if (portBase != null && !remembered.equals(wanted)) {
            throw new CannotStart("these data remember the ports from " + remembered
                    + "; leave --port-base out, take another directory with --data, or start over with --fresh");
        }
        kept.setProperty(FORM, form.name());
        kept.setProperty(PORT_BASE, remembered);
    }

    private static void deleteIfOurs(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        refuseIfForeign(root);
        try (FileChannel mine = take(root)) {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    if (e != null) {
                        throw e;
                    }
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    private static void refuseIfForeign(Path root) throws IOException {
        if (!Files.exists(root) || Files.exists(root.resolve(MARKER))) {
            return;
        }
        try (var content = Files.list(root)) {
            if (content.findAny().isPresent()) {
                throw new CannotStart(root + " is not empty and was not made by this program (no " + MARKER
                        + " in it); take another directory with --data");
            }
        }
    }

    private static FileChannel take(Path root) throws IOException {
        var channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw new CannotStart("this process already runs on the data in " + root);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new CannotStart("another launcher runs on the data in " + root
                    + "; stop it first (Ctrl-C in its window), or take another directory with --data and other ports"
                    + " with --port-base");
        }
        return channel;
    }

    private static Properties read(Path root) throws IOException {
        var kept = new Properties();
        Path marker = root.resolve(MARKER);
        if (Files.exists(marker)) {
            try (var in = Files.newBufferedReader(marker, StandardCharsets.UTF_8)) {
                kept.load(in);
            }
        }
        return kept;
    }

    private void write() throws IOException {
        try (var out = Files.newBufferedWriter(root.resolve(MARKER), StandardCharsets.UTF_8)) {
            kept.store(out, "made by deploy/up; the directory may be deleted when it does not run");
        }
    }

    public Path path() {
        return root;
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    public Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    public Path pid(String name) {
        return root.resolve("pids").resolve(name);
    }

    public Addresses addresses() {
        return new Addresses(Integer.parseInt(kept.getProperty(PORT_BASE)));
    }

    /** Whether a PostgreSQL may still be there that an earlier launcher has left behind. */
    boolean mayHaveLeftPostgres() {
        return Files.exists(root.resolve("postgres/data/postmaster.pid"));
    }

    boolean sampleIsLoaded() {
        return kept.containsKey(SAMPLE);
    }

    void sampleWasLoaded(long seed) {
        keep(SAMPLE, "seed " + seed);
    }

    /** The number of the next story; every story has persons of its own. */
    public int nextStory() {
        return next(STORIES);
    }

    /** The number of a sample application, never given twice on these data. */
    synchronized int nextSample() {
        return next(SAMPLES);
    }

    private int next(String counted) {
        int number = 1 + Integer.parseInt(kept.getProperty(counted, "0"));
        keep(counted, Integer.toString(number));
        return number;
    }

    private void keep(String name, String value) {
        kept.setProperty(name, value);
        try {
            write();
        } catch (IOException e) {
            throw new UncheckedIOException("could not note in " + root + " that " + name, e);
        }
    }

    /** What the services say to the issuer; made at the first start. */
    public String serviceSecret() {
        Path file = root.resolve("service-secret");
        try {
            if (!Files.exists(file)) {
                var bytes = new byte[24];
                new SecureRandom().nextBytes(bytes);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(bytes).toLowerCase(Locale.ROOT));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("no secret for the services in " + root, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + root + " cannot be given up", e);
        }
    }
}
