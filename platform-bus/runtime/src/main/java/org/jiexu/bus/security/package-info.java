/** Who is calling: bearer tokens, checked by every service itself. Needs no database, so the gateway uses it too. */
@NullMarked
package org.jiexu.bus.security;

import org.jspecify.annotations.NullMarked;
