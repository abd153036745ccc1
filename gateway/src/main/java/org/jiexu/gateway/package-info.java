/** The one door: routes by region, checks tokens, bounds requests, and says clearly when a service does not answer. */
@NullMarked
package org.jiexu.gateway;

import org.jspecify.annotations.NullMarked;
