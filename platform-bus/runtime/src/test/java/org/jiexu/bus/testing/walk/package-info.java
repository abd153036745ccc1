/** Walks over every input that reaches a service: its endpoints and the events it hears, well formed and not. */
@NullMarked
package org.jiexu.bus.testing.walk;

import org.jspecify.annotations.NullMarked;
