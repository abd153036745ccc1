/** The journal on a real database. */
@NullMarked
package org.jiexu.bus.journal;

import org.jspecify.annotations.NullMarked;
