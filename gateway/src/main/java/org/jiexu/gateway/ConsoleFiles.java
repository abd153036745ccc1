package org.jiexu.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** The console's own files, and those of the libraries that its pages use; nothing else of the class path. */
final class ConsoleFiles {
    /** No dots before a name, no way upward. */
    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+/)*[a-z0-9-]+\\.(js|css|svg)");

    private static final int EDITION_LENGTH = 16;

    /** A file of a library; which edition of it is on the class path, the library says itself. */
    private record Library(String group, String artifact, String directory, String file) {
        static Library webjar(String artifact, String file) {
            return new Library("org.webjars.npm", artifact, "webjars", file);
        }

        static Library mvnpm(String artifact, String file) {
            return new Library("org.mvnpm", artifact, "_static", file);
        }

        Resource resource() {
            var about = new ClassPathResource("META-INF/maven/" + group + "/" + artifact + "/pom.properties");
            try {
                var version = PropertiesLoaderUtils.loadProperties(about).getProperty("version");
                return new ClassPathResource(
                        "META-INF/resources/" + directory + "/" + artifact + "/" + version + "/" + file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final Map<String, Library> LIBRARIES = Map.of(
            "lib/vue.js", Library.webjar("vue", "dist/vue.runtime.global.prod.js"),
            "lib/vue-router.js", Library.webjar("vue-router", "dist/vue-router.global.prod.js"),
            "lib/antd.js", Library.webjar("ant-design-vue", "dist/antd-with-locales.min.js"),
            "lib/antd-reset.css", Library.webjar("ant-design-vue", "dist/reset.css"),
            "lib/dayjs.js", Library.webjar("dayjs", "dayjs.min.js"),
            "lib/dayjs-zh-cn.js", Library.webjar("dayjs", "locale/zh-cn.js"),
            "lib/echarts.js", Library.mvnpm("echarts", "dist/echarts.min.js"),
            "lib/htm.js", Library.mvnpm("htm", "dist/htm.module.js"));

    /** What the date pickers ask of dayjs. */
    private static final List<String> PLUGINS = List.of(
            "customParseFormat", "weekday", "localeData", "weekOfYear", "weekYear", "advancedFormat", "quarterOfYear");

    private final ResourceLoader loader;
    private final String directory;
    private final Map<String, Resource> libraries = new TreeMap<>();
    private final boolean fixed;
    private final String edition;

    ConsoleFiles(ResourceLoader loader, String directory) {
        this.loader = loader;
        this.directory = directory;
        this.fixed = directory.startsWith("classpath:");
        LIBRARIES.forEach((name, library) -> libraries.put(name, library.resource()));
        PLUGINS.forEach(plugin -> libraries.put(
                "lib/dayjs-" + plugin.toLowerCase(Locale.ROOT) + ".js",
                Library.webjar("dayjs", "plugin/" + plugin + ".js").resource()));
        this.edition = digest();
    }

    /** Changes with every byte of them. */
    String edition() {
        return edition;
    }

    /** Whether they stay as they are while this runs. */
    boolean isFixed() {
        return fixed;
    }

    Resource page(String name) {
        return loader.getResource(directory + name);
    }

    Optional<Resource> find(String wantedEdition, String name) {
        if (!wantedEdition.equals(edition) || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        var library = libraries.get(name);
        if (library != null) {
            return Optional.of(library);
        }
        return Optional.of(page(name)).filter(Resource::exists);
    }

    private String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var library : libraries.values()) {
                digest.update(library.getContentAsByteArray());
            }
            var own = new PathMatchingResourcePatternResolver().getResources(directory + "**/*.*");
            Arrays.sort(own, Comparator.comparing(Resource::getDescription));
            for (var file : own) {
                digest.update(file.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, EDITION_LENGTH);
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("the console's files cannot be read", e);
        }
    }
}
