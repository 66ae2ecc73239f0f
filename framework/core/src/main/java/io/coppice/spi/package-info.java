/**
 * The doors to the world: time, threads and chance, each with one implementation for production.
 */
@NullMarked
package io.coppice.spi;

import org.jspecify.annotations.NullMarked;
