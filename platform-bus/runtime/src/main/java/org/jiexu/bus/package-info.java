/** What at least three services must do in exactly the same way, and nothing else. */
@NullMarked
package org.jiexu.bus;

import org.jspecify.annotations.NullMarked;
