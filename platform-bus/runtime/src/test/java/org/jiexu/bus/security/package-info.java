@NullMarked
package org.jiexu.bus.security;

import org.jspecify.annotations.NullMarked;
