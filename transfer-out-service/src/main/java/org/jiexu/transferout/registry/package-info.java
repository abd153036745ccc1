/** What this service asks the registry. */
@NullMarked
package org.jiexu.transferout.registry;

import org.jspecify.annotations.NullMarked;
