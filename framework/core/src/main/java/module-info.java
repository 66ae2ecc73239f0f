/**
 * Processes, links, monitors, exit signals and names: the runtime on which supervisors are built.
 */
module io.coppice.core {
    requires transitive org.jspecify;
    requires java.management;
    requires static jdk.management; // present in every full JDK; newer ones can add carriers
    requires org.slf4j;

    exports io.coppice.actor;
    exports io.coppice.process;
    exports io.coppice.spi;

    // Supervisors know their children as processes know each other.
    exports io.coppice.internal.table to
            io.coppice.supervision;

    // A simulation runs this runtime, and no copy of it.
    exports io.coppice.internal.run to
            io.coppice.testkit;
}
