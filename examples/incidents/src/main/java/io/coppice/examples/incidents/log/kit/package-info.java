/**
 * A durable log between two processes, as an application would write it: entries are stored, sent,
 * sent again, applied once and acknowledged. It is these incidents' own; Coppice ships none.
 */
@NullMarked
package io.coppice.examples.incidents.log.kit;

import org.jspecify.annotations.NullMarked;
