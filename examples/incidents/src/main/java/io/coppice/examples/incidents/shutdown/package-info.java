/** What happens when all is to end. */
@NullMarked
package io.coppice.examples.incidents.shutdown;

import org.jspecify.annotations.NullMarked;
