/** Deliberately broken code, to see that tests notice. */
@NullMarked
package io.coppice.testkit.mutants;

import org.jspecify.annotations.NullMarked;
