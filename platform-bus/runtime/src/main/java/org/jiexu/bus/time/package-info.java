/**
 * Business time: one clock, working days by the published calendar, and deadlines as durable rows (R4).
 *
 * <p>A deadline is started with its legal term worked out and explained day by day. Its next moment (a warning, then
 * overdue) stands in the row. The sweep finds rows whose moment has come, says so once, and sets the next moment; the row
 * leaves when the duty is met or the case ends otherwise.
 */
@NullMarked
package org.jiexu.bus.time;

import org.jspecify.annotations.NullMarked;
