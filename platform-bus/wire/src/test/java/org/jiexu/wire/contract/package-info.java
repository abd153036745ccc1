@NullMarked
package org.jiexu.wire.contract;

import org.jspecify.annotations.NullMarked;
