/** SANDBOX ONLY: an issuer of tokens that believes everybody who says {@code sandbox}. Production names its own. */
@NullMarked
package org.jiexu.sandbox.issuer;

import org.jspecify.annotations.NullMarked;
