/** What happens before everybody is there. */
@NullMarked
package io.coppice.examples.incidents.startup;

import org.jspecify.annotations.NullMarked;
