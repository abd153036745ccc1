@NullMarked
package org.jiexu.sandbox.sample;

import org.jspecify.annotations.NullMarked;
