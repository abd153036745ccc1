/**
 * The sandbox: the whole platform on one machine, with data of its own, for trying, showing and testing.
 *
 * <p>The services here are the same classes with the same settings that run alone; only what production takes from
 * elsewhere is added: PostgreSQL, Kafka, an issuer of tokens, sample data.
 */
@NullMarked
package org.jiexu.sandbox;

import org.jspecify.annotations.NullMarked;
