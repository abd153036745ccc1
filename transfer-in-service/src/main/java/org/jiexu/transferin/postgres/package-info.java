/** All SQL of this service. */
@NullMarked
package org.jiexu.transferin.postgres;

import org.jspecify.annotations.NullMarked;
