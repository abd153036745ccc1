@NullMarked
package org.jiexu.wire;

import org.jspecify.annotations.NullMarked;
