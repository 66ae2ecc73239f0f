package io.coppice.examples.kv.server;

import io.coppice.examples.kv.log.DataDirectory;
import io.coppice.examples.kv.log.LogOptions;

/**
 * What is there before the tree and outlives every process of it.
 *
 * @param data the directory of the shards
 * @param log how their logs are kept
 * @param door the open port
 * @param shards how many there are
 */
record Premises(DataDirectory data, LogOptions log, Door door, int shards) {}
