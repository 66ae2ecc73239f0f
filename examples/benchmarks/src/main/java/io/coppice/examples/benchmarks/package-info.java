/** Programs that measure what Coppice promises. */
@NullMarked
package io.coppice.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
