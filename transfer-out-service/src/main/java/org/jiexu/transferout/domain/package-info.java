/** The old region's side of a transfer as pure values: states, inputs, facts and the one table that joins them. */
@NullMarked
package org.jiexu.transferout.domain;

import org.jspecify.annotations.NullMarked;
