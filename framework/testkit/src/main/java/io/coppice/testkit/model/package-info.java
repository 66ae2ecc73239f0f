/**
 * The second opinion: what processes, links, monitors and names mean, as small steps of a value.
 */
@NullMarked
package io.coppice.testkit.model;

import org.jspecify.annotations.NullMarked;
