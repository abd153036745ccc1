@NullMarked
package org.jiexu.bus.inbox;

import org.jspecify.annotations.NullMarked;
