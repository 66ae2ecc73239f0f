/** The laws of links, monitors, kills and names, and how to hold a node to them. */
@NullMarked
package io.coppice.testkit.laws;

import org.jspecify.annotations.NullMarked;
