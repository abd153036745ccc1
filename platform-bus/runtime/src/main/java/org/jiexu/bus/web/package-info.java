/** The door of a service: problem documents, strict JSON, body limits, Idempotency-Key, paging, trace context. */
@NullMarked
package org.jiexu.bus.web;

import org.jspecify.annotations.NullMarked;
