package io.coppice.examples.kv.log;

import java.io.IOException;

/**
 * Somebody else has opened the log since: whoever gets this must not acknowledge anything any more,
 * and has nothing to repair.
 */
public final class LogSuperseded extends IOException {

    private static final long serialVersionUID = 1L;

    LogSuperseded(String mine, String next) {
        super("%s is no longer the newest, %s is".formatted(mine, next));
    }
}
