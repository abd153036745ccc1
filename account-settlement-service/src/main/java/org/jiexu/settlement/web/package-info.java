/** What agencies and persons see of settlement over HTTP. */
@NullMarked
package org.jiexu.settlement.web;

import org.jspecify.annotations.NullMarked;
