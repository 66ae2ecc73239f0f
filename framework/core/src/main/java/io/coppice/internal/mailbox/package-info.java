/** The queue of one process. */
@NullMarked
package io.coppice.internal.mailbox;

import org.jspecify.annotations.NullMarked;
