/**
 * The pure rules of all services, coupled by a simulated platform: topics that delay, repeat and reorder, services that are
 * cut off between any two steps, people who do anything at any moment. Everything follows from one seed; after every step
 * the invariants are looked at, and every world comes to rest with its cases at one common end.
 */
@NullMarked
package org.jiexu.simulation;

import org.jspecify.annotations.NullMarked;
