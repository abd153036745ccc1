/**
 * Faults on purpose: real processes under load are killed, paused, cut off and lied to by a schedule that follows from a
 * seed; then everything has to heal by itself, and the auditor judges what is left.
 */
@NullMarked
package org.jiexu.faults;

import org.jspecify.annotations.NullMarked;
