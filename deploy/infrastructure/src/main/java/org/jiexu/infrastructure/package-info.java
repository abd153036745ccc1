/** PostgreSQL and Kafka to run and to test on. */
@org.jspecify.annotations.NullMarked
package org.jiexu.infrastructure;
