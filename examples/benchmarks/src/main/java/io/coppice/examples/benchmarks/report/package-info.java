/** Tables and plots of what was measured. */
@NullMarked
package io.coppice.examples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
