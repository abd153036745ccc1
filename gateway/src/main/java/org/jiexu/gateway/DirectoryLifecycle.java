package org.jiexu.gateway;

import org.jiexu.bus.directory.DirectoryFollower;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Follows the directory while the gateway runs; healthy once routes are known. */
@Component
final class DirectoryLifecycle implements SmartLifecycle, HealthIndicator {
    private final DirectoryFollower follower;
    private volatile boolean running;

    DirectoryLifecycle(DirectoryFollower follower) {
        this.follower = follower;
    }

    @Override
    public void start() {
        follower.start("gateway");
        running = true;
    }

    @Override
    public void stop() {
        follower.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Health health() {
        var health = follower.isUsable() ? Health.up() : Health.down();
        follower.trouble().now().ifPresent(reason -> health.withDetail("directory", reason));
        return health.build();
    }
}
