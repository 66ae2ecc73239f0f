/**
 * RESP2 on the wire: Netty's codec, with the bounds that it leaves open.
 *
 * <p>Read {@link io.coppice.examples.kv.resp.RespCodec} first. What one client sends, or does not
 * send, or does not read, costs a bounded amount of memory and nobody else's time.
 */
@NullMarked
package io.coppice.examples.kv.resp;

import org.jspecify.annotations.NullMarked;
