/** What a client is told about itself and about the server. */
@NullMarked
package io.coppice.examples.kv.session;

import org.jspecify.annotations.NullMarked;
