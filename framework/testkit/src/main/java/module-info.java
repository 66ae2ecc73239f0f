/** Tests what is built on processes: the laws as properties, and the model that decides them. */
module io.coppice.testkit {
    requires transitive io.coppice.core;
    requires transitive org.jspecify;
    requires io.vavr;
    requires java.compiler;
    requires transitive net.jqwik.api;
    requires static org.junit.jupiter.api;
    requires static org.junit.platform.commons;

    exports io.coppice.testkit;
    exports io.coppice.testkit.jqwik;
    exports io.coppice.testkit.laws;
    exports io.coppice.testkit.model;
    exports io.coppice.testkit.model.supervisor;
    exports io.coppice.testkit.mutants;
    exports io.coppice.testkit.script;

    provides net.jqwik.api.providers.ArbitraryProvider with
            io.coppice.testkit.jqwik.LawScripts;
}
