package io.coppice.examples.kv.log;

import java.io.IOException;

/**
 * What had been made durable is damaged: the shard cannot be recovered without losing what was
 * acknowledged, and that is for a human to decide.
 */
public final class CorruptLog extends IOException {

    private static final long serialVersionUID = 1L;

    CorruptLog(String file, long offset, String what) {
        super("%s, at byte %d: %s".formatted(file, offset, what));
    }

    CorruptLog(String file, long offset, Throwable cause) {
        super("%s, at byte %d: %s".formatted(file, offset, cause.getMessage()), cause);
    }
}
