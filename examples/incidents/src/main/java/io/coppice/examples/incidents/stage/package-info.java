/** What incidents are made of: stories, facts, and those who act in them. */
@NullMarked
package io.coppice.examples.incidents.stage;

import org.jspecify.annotations.NullMarked;
