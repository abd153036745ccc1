/**
 * 审计 — whether what must hold does hold, worked out anew from raw facts. Nothing here is shared with the services: their
 * mistakes must not be ours.
 */
@NullMarked
package org.jiexu.auditor;

import org.jspecify.annotations.NullMarked;
