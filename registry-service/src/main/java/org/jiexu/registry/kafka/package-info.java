/** Topics: created, read. */
@NullMarked
package org.jiexu.registry.kafka;

import org.jspecify.annotations.NullMarked;
