/** Bugs of other systems as small programs: what goes wrong there, and what happens here. */
module io.coppice.examples.incidents {
    requires io.coppice.supervision;
    requires io.coppice.testkit;
    requires io.vavr;
    requires org.jspecify;
    requires org.slf4j;
}
