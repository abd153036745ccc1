/**
 * 资金结算 — personal accounts and the money of transfers. The old region holds a balance before the sheet states it and
 * remits it when the sheet leaves. The receiving region keeps what arrives in suspense until the sheet is booked, and
 * then credits it once. What does not fit waits for two persons, who send it back. Every movement is a posting in a
 * ledger that sums to 0.00.
 */
@NullMarked
package org.jiexu.settlement;

import org.jspecify.annotations.NullMarked;
