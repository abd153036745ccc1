package org.jiexu.bus.service;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** How every service starts, alone or beside others in one JVM: its settings are jiexu.yml and its own file. */
public final class JiexuService {
    private JiexuService() {}

    public static SpringApplicationBuilder builder(Class<?> application, String name) {
        return new SpringApplicationBuilder(application)
                .properties("spring.config.name=jiexu," + name, "spring.application.name=" + name)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false);
    }

    public static void run(Class<?> application, String name, String... args) {
        builder(application, name).run(args);
    }
}
