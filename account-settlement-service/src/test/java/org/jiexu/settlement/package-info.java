@NullMarked
package org.jiexu.settlement;

import org.jspecify.annotations.NullMarked;
