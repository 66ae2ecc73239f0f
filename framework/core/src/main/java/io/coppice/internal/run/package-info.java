/**
 * The process loop and the scheduler: the only owner of threads, the only interpreter of effects.
 */
@NullMarked
package io.coppice.internal.run;

import org.jspecify.annotations.NullMarked;
