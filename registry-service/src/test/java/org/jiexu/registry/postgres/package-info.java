/** The stores on real PostgreSQL, where their size matters. */
@NullMarked
package org.jiexu.registry.postgres;

import org.jspecify.annotations.NullMarked;
