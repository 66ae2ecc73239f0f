/**
 * The processes of the server: the tree, the shards, the connections, the listener, and the chaos
 * that kills them.
 */
@NullMarked
package io.coppice.examples.kv.server;

import org.jspecify.annotations.NullMarked;
