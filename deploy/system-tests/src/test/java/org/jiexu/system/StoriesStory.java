package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.story.Stories;
import org.junit.jupiter.api.Test;

/** What {@code ./deploy/up --story} tells, checked line by line by itself. */
@OnSharedPlatform
class StoriesStory {
    @Test
    void everythingIsAsTheRulebookSays() {
        assertThat(Stories.tellAll(Platform.shared(), Progress.toStandardOutput()))
                .isTrue();
    }
}
