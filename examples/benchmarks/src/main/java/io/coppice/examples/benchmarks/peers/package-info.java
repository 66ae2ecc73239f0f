/** The same programs on Coppice and on its peers. */
@NullMarked
package io.coppice.examples.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
