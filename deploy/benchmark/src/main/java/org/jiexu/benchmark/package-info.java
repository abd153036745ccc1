/** What transfers cost, measured through the gateway. */
@NullMarked
package org.jiexu.benchmark;

import org.jspecify.annotations.NullMarked;
