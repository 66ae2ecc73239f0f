/**
 * Durable commands and events: what is stored, sent, sent again, applied and forgotten, and by
 * whom.
 */
@NullMarked
package io.coppice.examples.incidents.log;

import org.jspecify.annotations.NullMarked;
