/**
 * The laws of supervision, and how to hold a node to them. For tests, which add the testkit and
 * jqwik.
 */
@NullMarked
package io.coppice.supervision.laws;

import org.jspecify.annotations.NullMarked;
