/** The table of protocol §3 against the code. */
@NullMarked
package org.jiexu.transferout.domain;

import org.jspecify.annotations.NullMarked;
