/** What every peer is asked to do, written once for all of them. */
@NullMarked
package io.coppice.examples.benchmarks.programs;

import org.jspecify.annotations.NullMarked;
