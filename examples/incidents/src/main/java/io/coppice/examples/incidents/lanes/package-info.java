/** Queues per key, and who waits for whom. */
@NullMarked
package io.coppice.examples.incidents.lanes;

import org.jspecify.annotations.NullMarked;
