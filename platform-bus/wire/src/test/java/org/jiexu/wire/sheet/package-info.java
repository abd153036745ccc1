@NullMarked
package org.jiexu.wire.sheet;

import org.jspecify.annotations.NullMarked;
