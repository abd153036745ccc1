/** What staff of the old region see and do. */
@NullMarked
package org.jiexu.transferout.web;

import org.jspecify.annotations.NullMarked;
