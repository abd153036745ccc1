package org.jiexu.infrastructure;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs of this machine's kind, unpacked from the class path. */
final class PostgresBinaries {

    /** The archive begins with file times and contents, so its beginning tells two versions apart. */
    private static final int TELLING_BYTES = 1 << 16;

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    static boolean onLinux() {
        return osName().startsWith("linux");
    }

    /** Unpacks below {@code directory} unless an earlier start has done so. */
    static PostgresBinaries unpackedIn(Path directory) throws IOException {
        try (var archive = new BufferedInputStream(openArchive(), TELLING_BYTES)) {
            archive.mark(TELLING_BYTES);
            Path home = directory.resolve(fingerprint(archive));
            archive.reset();
            if (!isComplete(home)) {
                createPrivately(directory);
                unpack(archive, home);
            }
            return new PostgresBinaries(home);
        }
    }

    /** The words that run {@code program}; for root inside a user namespace, because PostgreSQL refuses to be root. */
    List<String> command(String program, String... arguments) {
        var words = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(home.resolve("bin").resolve(program).toString());
        words.addAll(List.of(arguments));
        return words;
    }

    private static InputStream openArchive() throws IOException {
        String os = onLinux() ? "Linux" : "Darwin";
        if (!onLinux() && !osName().startsWith("mac")) {
            throw new IllegalStateException("embedded PostgreSQL runs on Linux and macOS; on this system start with"
                    + " a server of your own or with -Dinfra=containers");
        }
        return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                os, ArchUtils.normalize(System.getProperty("os.arch")));
    }

    private static String osName() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }

    private static String fingerprint(InputStream archive) throws IOException {
        var crc = new CRC32();
        crc.update(ByteBuffer.wrap(archive.readNBytes(TELLING_BYTES)));
        return Long.toHexString(crc.getValue());
    }

    private static boolean isComplete(Path home) {
        return Files.isExecutable(home.resolve("bin/postgres"))
                && Files.isExecutable(home.resolve("bin/pg_ctl"))
                && Files.isExecutable(home.resolve("bin/initdb"));
    }

    private static void createPrivately(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            if (directory.getParent() != null) {
                Files.createDirectories(directory.getParent());
            }
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Unpacks aside and renames, so that a half-unpacked directory is never taken for a whole one. */
    private static void unpack(InputStream archive, Path home) throws IOException {
        Path aside = Files.createTempDirectory(home.toAbsolutePath().getParent(), "unpacking-");
        try {
            try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, aside);
                }
            }
            if (!isComplete(home)) {
                Directories.delete(home);
                Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            // Another process of this user may have been faster.
            if (!isComplete(home)) {
                throw e;
            }
        } finally {
            Directories.delete(aside);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive wants to write outside its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        if (target.getParent() != null) {
            Files.createDirectories(target.getParent());
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, root.resolve(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            boolean isProgram = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
