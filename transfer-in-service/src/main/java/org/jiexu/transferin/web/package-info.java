/** The doors: for applicants, and for the region's clerks. */
@NullMarked
package org.jiexu.transferin.web;

import org.jspecify.annotations.NullMarked;
