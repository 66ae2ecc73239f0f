/** Links, exits, monitors, kills and names. */
@NullMarked
package io.coppice.examples.incidents.links;

import org.jspecify.annotations.NullMarked;
