/** What services show of themselves. */
@NullMarked
package org.jiexu.bus.operations;

import org.jspecify.annotations.NullMarked;
