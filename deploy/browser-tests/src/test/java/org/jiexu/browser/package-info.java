/** The console as its people use it: log in, walk, click, read; whatever the browser complains of fails the test. */
@NullMarked
package org.jiexu.browser;

import org.jspecify.annotations.NullMarked;
