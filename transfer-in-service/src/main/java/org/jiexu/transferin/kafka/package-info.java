/** Contract records to inputs, facts to contract records. */
@NullMarked
package org.jiexu.transferin.kafka;

import org.jspecify.annotations.NullMarked;
