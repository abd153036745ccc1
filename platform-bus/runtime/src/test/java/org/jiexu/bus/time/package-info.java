@NullMarked
package org.jiexu.bus.time;

import org.jspecify.annotations.NullMarked;
