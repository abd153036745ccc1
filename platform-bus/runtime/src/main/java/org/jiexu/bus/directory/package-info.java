/** The copy of platform.directory that each service keeps. */
@NullMarked
package org.jiexu.bus.directory;

import org.jspecify.annotations.NullMarked;
