/** What tests of services stand on: a platform of their own, over real Kafka and real PostgreSQL. */
@NullMarked
package org.jiexu.bus.testing;

import org.jspecify.annotations.NullMarked;
