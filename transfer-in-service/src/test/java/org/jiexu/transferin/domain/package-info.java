@NullMarked
package org.jiexu.transferin.domain;

import org.jspecify.annotations.NullMarked;
