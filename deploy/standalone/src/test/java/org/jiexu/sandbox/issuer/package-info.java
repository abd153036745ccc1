@NullMarked
package org.jiexu.sandbox.issuer;

import org.jspecify.annotations.NullMarked;
