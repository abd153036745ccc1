/** The old region's side with PostgreSQL and Kafka, everybody else played by the test. */
@NullMarked
package org.jiexu.transferout;

import org.jspecify.annotations.NullMarked;
