/** All SQL of this service. */
@NullMarked
package org.jiexu.transferout.postgres;

import org.jspecify.annotations.NullMarked;
