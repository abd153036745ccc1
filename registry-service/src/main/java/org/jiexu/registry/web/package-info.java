/** The registry's doors: for services, for agencies, for operators and for people. */
@NullMarked
package org.jiexu.registry.web;

import org.jspecify.annotations.NullMarked;
