/** Programs that measure what Coppice promises. */
module io.coppice.examples.benchmarks {
    requires io.coppice.supervision;
    requires java.management;
    requires jdk.jfr;
    requires jdk.management;
    requires org.jspecify;
    requires HdrHistogram;
    requires org.jctools.core;
    requires pekko.actor;
    requires pekko.actor.typed;
    requires typesafe.config;
    requires scala.library;
}
