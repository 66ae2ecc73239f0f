/** The vocabulary of processes: who, what is sent, and why one ended. */
@NullMarked
package io.coppice.process;

import org.jspecify.annotations.NullMarked;
