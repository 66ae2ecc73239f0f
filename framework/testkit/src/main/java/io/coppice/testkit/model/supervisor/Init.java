package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;

import java.util.Optional;

/** What an init does. A supervisor neither fails by itself nor waits. */
public sealed interface Init {

    /** It succeeds. */
    record Ok(Optional<String> info) implements Init {}

    /** It ends, and says that this is no failure. */
    record Ignore() implements Init {}

    /** It fails. */
    record Fail(ExitReason reason) implements Init {}

    /** It throws. */
    record Crash(String what) implements Init {}

    /** It waits until it is released. */
    record Wait(Init next) implements Init {}
}
