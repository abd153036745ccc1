/** Calls to the registry: service token, time limits, retries, circuit breaker; typed requests and answers. */
@NullMarked
package org.jiexu.bus.client;

import org.jspecify.annotations.NullMarked;
