/** Restarts, strategies, budgets and requests. */
@NullMarked
package io.coppice.examples.incidents.supervisors;

import org.jspecify.annotations.NullMarked;
