@NullMarked
package org.jiexu.transferin;

import org.jspecify.annotations.NullMarked;
