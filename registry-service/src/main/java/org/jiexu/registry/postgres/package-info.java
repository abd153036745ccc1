/** All SQL of the registry. */
@NullMarked
package org.jiexu.registry.postgres;

import org.jspecify.annotations.NullMarked;
