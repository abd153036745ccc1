/** SM2 with SM3 over the exact bytes: who states an event, to whom, for which case. */
@NullMarked
package org.jiexu.wire.signing;

import org.jspecify.annotations.NullMarked;
