@NullMarked
package org.jiexu.infrastructure;

import org.jspecify.annotations.NullMarked;
