@NullMarked
package org.jiexu.settlement.domain.clearing;

import org.jspecify.annotations.NullMarked;
