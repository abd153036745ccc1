@NullMarked
package org.jiexu.bus.client;

import org.jspecify.annotations.NullMarked;
