/** Immutable maps that are cheap to change: what a process knows of others, and a supervisor of its children. */
@org.jspecify.annotations.NullMarked
package io.coppice.internal.table;
