/** CSV files as spreadsheets write them, read in one way at every door. */
@NullMarked
package org.jiexu.bus.csv;

import org.jspecify.annotations.NullMarked;
