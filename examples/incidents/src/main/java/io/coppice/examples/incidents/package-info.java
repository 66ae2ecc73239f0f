/** Bugs of other systems as small programs, run by {@link io.coppice.examples.incidents.Main}. */
@NullMarked
package io.coppice.examples.incidents;

import org.jspecify.annotations.NullMarked;
