/** What a service is, and how it starts. */
@NullMarked
package org.jiexu.bus.service;

import org.jspecify.annotations.NullMarked;
