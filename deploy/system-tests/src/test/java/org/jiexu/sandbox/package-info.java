@NullMarked
package org.jiexu.sandbox;

import org.jspecify.annotations.NullMarked;
