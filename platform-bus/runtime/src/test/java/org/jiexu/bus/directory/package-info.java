/** The copy of the directory. */
@NullMarked
package org.jiexu.bus.directory;

import org.jspecify.annotations.NullMarked;
