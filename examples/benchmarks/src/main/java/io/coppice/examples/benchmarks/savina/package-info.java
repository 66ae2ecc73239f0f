/** Programs after those of the Savina suite (Imam and Sarkar, 2014), written anew. */
@NullMarked
package io.coppice.examples.benchmarks.savina;

import org.jspecify.annotations.NullMarked;
