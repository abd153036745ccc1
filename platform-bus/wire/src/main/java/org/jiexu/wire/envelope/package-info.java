/** CloudEvents 1.0 in Kafka binary mode, with attributes kept as the exact text that was signed. */
@NullMarked
package org.jiexu.wire.envelope;

import org.jspecify.annotations.NullMarked;
