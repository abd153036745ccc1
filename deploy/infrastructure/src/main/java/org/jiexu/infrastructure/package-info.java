/**
 * PostgreSQL and Kafka to run and to test on.
 *
 * <p>{@link org.jiexu.infrastructure.EmbeddedPostgresServer} and {@link org.jiexu.infrastructure.EmbeddedKafka} keep
 * their data in a directory of their own and serve a real run on one machine.
 * {@link org.jiexu.infrastructure.TestInfrastructure} gives the tests of one JVM a fresh pair of them.
 */
@NullMarked
package org.jiexu.infrastructure;

import org.jspecify.annotations.NullMarked;
