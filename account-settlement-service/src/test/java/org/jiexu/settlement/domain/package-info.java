@NullMarked
package org.jiexu.settlement.domain;

import org.jspecify.annotations.NullMarked;
