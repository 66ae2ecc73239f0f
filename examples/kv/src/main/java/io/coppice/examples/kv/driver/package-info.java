/**
 * Clients that load a server while it is being killed, and know what each of its answers must be.
 *
 * <p>Read {@link io.coppice.examples.kv.driver.Ledger} first: it holds, for every key, the states
 * it may be in. A {@link io.coppice.examples.kv.driver.Client} sends requests over a {@link
 * io.coppice.examples.kv.driver.Wire} and tells the ledger what came of each; {@link
 * io.coppice.examples.kv.driver.Driver} runs many of them, and reads everything back at the end.
 * What the requests mean is written down here a second time, apart from the server's own code, so
 * that no mistake there can hide behind the same mistake here.
 */
@NullMarked
package io.coppice.examples.kv.driver;

import org.jspecify.annotations.NullMarked;
