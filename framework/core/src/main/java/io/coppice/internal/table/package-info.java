/** Immutable maps: what a process knows of others, and a supervisor of its children. */
@NullMarked
package io.coppice.internal.table;

import org.jspecify.annotations.NullMarked;
