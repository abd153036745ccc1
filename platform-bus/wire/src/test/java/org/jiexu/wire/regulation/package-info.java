/** The register of the regulation and the glossary, compared with the sources of all modules. */
@NullMarked
package org.jiexu.wire.regulation;

import org.jspecify.annotations.NullMarked;
