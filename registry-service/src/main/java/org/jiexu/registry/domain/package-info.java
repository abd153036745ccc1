/** What the registry decides, without a database, a clock or a network. */
@NullMarked
package org.jiexu.registry.domain;

import org.jspecify.annotations.NullMarked;
