/** Tests without sleeps: simulations, probes and plans of faults. */
@NullMarked
package io.coppice.testkit;

import org.jspecify.annotations.NullMarked;
