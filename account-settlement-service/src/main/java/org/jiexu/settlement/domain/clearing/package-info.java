/** Quarterly clearing inside a province (R7), pure: quarters, debts and the table. */
@NullMarked
package org.jiexu.settlement.domain.clearing;

import org.jspecify.annotations.NullMarked;
