/** Value types that every service means in the same way; nothing else. */
@NullMarked
package org.jiexu.wire.vocabulary;

import org.jspecify.annotations.NullMarked;
