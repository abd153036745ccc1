@NullMarked
package org.jiexu.bus.web;

import org.jspecify.annotations.NullMarked;
