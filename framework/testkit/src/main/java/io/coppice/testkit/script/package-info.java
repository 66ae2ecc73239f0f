/** Scripts: what processes are told to do, and what they are seen to do. */
@NullMarked
package io.coppice.testkit.script;

import org.jspecify.annotations.NullMarked;
