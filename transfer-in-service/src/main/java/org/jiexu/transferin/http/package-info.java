/** What is asked of the other services' own doors; the registry's client comes with the bus. */
@NullMarked
package org.jiexu.transferin.http;

import org.jspecify.annotations.NullMarked;
