@NullMarked
package org.jiexu.wire.vocabulary;

import org.jspecify.annotations.NullMarked;
