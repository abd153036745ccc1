package org.jiexu.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file system in memory of a few hundred megabytes that can be filled up. Mounting needs the right to do so. */
final class SmallDisk implements AutoCloseable {
    private static final int PIECE = 1 << 20;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    static SmallDisk mounted(Path directory, int megabytes) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString()) != 0) {
            throw new IllegalStateException("no small disk can be mounted here: that needs root on Linux");
        }
        return new SmallDisk(directory);
    }

    /** Nothing more fits on it. */
    void fill() {
        try (var ballast = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int piece = PIECE; piece >= 512; piece /= 2) {
                fillWith(ballast, piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fillWith(FileChannel ballast, int piece) {
        try {
            while (ballast.write(ByteBuffer.allocate(piece)) == piece) {
                // On and on.
            }
        } catch (IOException e) {
            // No piece of that size fits any more.
        }
    }

    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    @Override
    public void close() {
        run("umount", directory.toString());
    }

    private static int run(String... words) {
        try {
            return new ProcessBuilder(List.of(words)).inheritIO().start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
