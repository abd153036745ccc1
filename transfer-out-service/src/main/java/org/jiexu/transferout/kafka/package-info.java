/** What arrives from the broker, as inputs of the table. */
@NullMarked
package org.jiexu.transferout.kafka;

import org.jspecify.annotations.NullMarked;
