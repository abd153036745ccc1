/** The published language: one immutable record per event type and version. Additive changes only. */
@NullMarked
package org.jiexu.wire.contract;

import org.jspecify.annotations.NullMarked;
