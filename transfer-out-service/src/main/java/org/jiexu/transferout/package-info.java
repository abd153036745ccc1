/**
 * 转出地业务: the old region's side of a transfer. An accepted case asks the settlement to hold the balance. The held amount
 * is the amount of the 信息表; the sheet and the order to remit leave in one transaction. Until then the applicant may
 * withdraw and staff may decline; afterwards the receiving region has the word, and a returned sheet is corrected or the
 * case declined. Completion ends the old relationship.
 */
@NullMarked
package org.jiexu.transferout;

import org.jspecify.annotations.NullMarked;
