@NullMarked
package org.jiexu.wire.signing;

import org.jspecify.annotations.NullMarked;
