@NullMarked
package org.jiexu.transferin.web;

import org.jspecify.annotations.NullMarked;
