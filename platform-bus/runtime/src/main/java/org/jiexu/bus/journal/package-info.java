/** What a service says: journal, outbox, relay, signing keys. */
@NullMarked
package org.jiexu.bus.journal;

import org.jspecify.annotations.NullMarked;
