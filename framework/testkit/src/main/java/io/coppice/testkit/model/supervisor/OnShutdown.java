package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;

/** What a worker does with an exit of its supervisor. All but the first trap exits. */
public sealed interface OnShutdown {

    /** It does not trap exits. */
    record Die() implements OnShutdown {}

    /** It ends with the same reason. */
    record Obey() implements OnShutdown {}

    /** It takes no notice. */
    record Ignore() implements OnShutdown {}

    /** It ends with the same reason after {@code millis}, doing nothing meanwhile. */
    record Delay(long millis) implements OnShutdown {}

    /** It ends with a reason of its own. */
    record Other(ExitReason reason) implements OnShutdown {}
}
