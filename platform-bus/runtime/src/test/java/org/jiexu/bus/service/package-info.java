@NullMarked
package org.jiexu.bus.service;

import org.jspecify.annotations.NullMarked;
