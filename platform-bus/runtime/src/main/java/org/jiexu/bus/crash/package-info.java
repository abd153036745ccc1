/** Named points at which tests cut a service off. */
@NullMarked
package org.jiexu.bus.crash;

import org.jspecify.annotations.NullMarked;
