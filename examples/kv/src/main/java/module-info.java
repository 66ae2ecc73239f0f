/** A Redis-protocol server that keeps serving while its processes are killed. */
module io.coppice.examples.kv {
    requires io.coppice.supervision;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.redis;
    requires io.netty.common;
    requires io.netty.transport;
    requires org.jspecify;
    requires org.slf4j;
    requires redis.clients.jedis;
    requires HdrHistogram;
}
