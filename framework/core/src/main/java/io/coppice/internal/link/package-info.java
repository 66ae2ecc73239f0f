/** What links and monitors mean, decided without threads or clocks. */
@NullMarked
package io.coppice.internal.link;

import org.jspecify.annotations.NullMarked;
