@NullMarked
package org.jiexu.faults;

import org.jspecify.annotations.NullMarked;
