/** The store's statements on a real PostgreSQL. */
@NullMarked
package org.jiexu.transferout.postgres;

import org.jspecify.annotations.NullMarked;
