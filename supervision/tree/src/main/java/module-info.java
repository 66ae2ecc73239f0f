/** Supervision trees: what is started in which order, and what is done when it dies. */
module io.coppice.supervision {
    requires transitive io.coppice.core;
    requires transitive org.jspecify;
    requires io.vavr;
    requires org.slf4j;
    requires static io.coppice.testkit;
    requires static net.jqwik.api;

    exports io.coppice.supervision;
    exports io.coppice.supervision.jqwik;
    exports io.coppice.supervision.laws;
}
