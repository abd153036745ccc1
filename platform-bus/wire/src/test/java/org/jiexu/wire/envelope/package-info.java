@NullMarked
package org.jiexu.wire.envelope;

import org.jspecify.annotations.NullMarked;
