/**
 * How a simulation runs: who goes next, what time it is, what is seen, and how a failure is made
 * small.
 */
@NullMarked
package io.coppice.testkit.internal;

import org.jspecify.annotations.NullMarked;
