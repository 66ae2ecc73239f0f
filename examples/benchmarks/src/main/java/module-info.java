/** Programs that measure what Coppice promises. */
module io.coppice.examples.benchmarks {
    requires io.coppice.supervision;
    requires java.management;
    requires org.jspecify;
    requires HdrHistogram;
}
