/** Scripts and trees for property tests; the only package whose signatures show jqwik. */
@NullMarked
package io.coppice.testkit.jqwik;

import org.jspecify.annotations.NullMarked;
