@NullMarked
package org.jiexu.settlement.postgres;

import org.jspecify.annotations.NullMarked;
