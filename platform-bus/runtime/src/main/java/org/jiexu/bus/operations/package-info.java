/** What operators see of a service and do about it: its channel, what it keeps out or aside, and what it has said. */
@NullMarked
package org.jiexu.bus.operations;

import org.jspecify.annotations.NullMarked;
