@NullMarked
package org.jiexu.registry.domain;

import org.jspecify.annotations.NullMarked;
