/** What a service hears: verification, inbox, offsets with their fence, parking, quarantine. */
@NullMarked
package org.jiexu.bus.inbox;

import org.jspecify.annotations.NullMarked;
