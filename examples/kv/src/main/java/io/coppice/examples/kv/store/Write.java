package io.coppice.examples.kv.store;

/** Marks the commands that may change something. */
interface Write {}
