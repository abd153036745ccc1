package org.jiexu.infrastructure;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a directory for one owner at a time, in this JVM and among all; the system frees it when the JVM dies. */
final class DirectoryLock implements AutoCloseable {

    /** Closing any second channel on a locked file would give up the first one's lock, so we look here first. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock take(Path file) throws IOException {
        if (!HELD_HERE.add(file)) {
            throw new IllegalStateException("this process already runs a server in " + file.getParent());
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (!locked) {
                throw new IllegalStateException("another process runs a server in " + file.getParent());
            }
            return new DirectoryLock(file, channel);
        } finally {
            if (!locked) {
                HELD_HERE.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }
}
