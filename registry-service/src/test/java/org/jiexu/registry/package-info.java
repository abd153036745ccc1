@NullMarked
package org.jiexu.registry;

import org.jspecify.annotations.NullMarked;
