/**
 * What users write and call: actors, programs, their contexts and addresses, and the node they run
 * on.
 */
@NullMarked
package io.coppice.actor;

import org.jspecify.annotations.NullMarked;
