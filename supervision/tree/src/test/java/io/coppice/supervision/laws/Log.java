package io.coppice.supervision.laws;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.slf4j.LoggerFactory;

/** Nobody reads of a thousand failures. */
final class Log {

    private Log() {}

    static void beQuiet(boolean quiet) {
        var log = (Logger) LoggerFactory.getLogger("io.coppice");
        log.setLevel(quiet ? Level.OFF : null);
    }
}
