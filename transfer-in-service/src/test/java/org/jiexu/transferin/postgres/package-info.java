@NullMarked
package org.jiexu.transferin.postgres;

import org.jspecify.annotations.NullMarked;
