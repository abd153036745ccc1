/**
 * Sample data for the sandbox: some hundreds of synthetic persons in seven regions, the same bytes for the same seed.
 *
 * <p>Nobody here exists. The identity numbers have valid check digits, but their area codes begin with 19, and no
 * province, and so no county, of GB/T 2260 does; the given names begin with 样 (sample) and the surnames are the ten
 * heavenly stems, which Chinese texts use as 甲 and 乙 are used in a law book.
 */
@NullMarked
package org.jiexu.sandbox.sample;

import org.jspecify.annotations.NullMarked;
