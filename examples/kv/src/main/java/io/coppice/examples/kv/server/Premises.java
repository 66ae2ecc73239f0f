package io.coppice.examples.kv.server;

import io.coppice.examples.kv.log.Disk;
import io.coppice.examples.kv.log.LogOptions;

import java.util.function.IntFunction;

/**
 * What is there before the tree and outlives every process of it.
 *
 * @param data the files of each shard
 * @param log how their logs are kept
 * @param door where clients come in
 * @param shards how many there are
 */
record Premises(IntFunction<Disk> data, LogOptions log, Door door, int shards) {}
