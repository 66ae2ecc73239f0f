/**
 * The second opinion: what processes, links, monitors, names and supervisors mean, as small steps
 * of a value.
 */
@NullMarked
package io.coppice.testkit.model;

import org.jspecify.annotations.NullMarked;
