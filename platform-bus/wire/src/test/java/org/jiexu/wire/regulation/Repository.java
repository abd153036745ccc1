package org.jiexu.wire.regulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The source tree of all modules, read as text. */
final class Repository {
    private Repository() {}

    static Path root() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/regulation/README.md"))) {
            here = Objects.requireNonNull(here.getParent(), "not inside the repository");
        }
        return here;
    }

    /** All Java files of all modules whose path has {@code under} in it. */
    static List<Path> sources(Path root, String under) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    // Hidden: the data of a platform that runs beside, whose files come and go.
                    var name = String.valueOf(directory.getFileName());
                    return !directory.equals(root) && (name.startsWith(".") || name.equals("target"))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".java")
                            && root.relativize(file).toString().contains(under + "/")) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }
}
