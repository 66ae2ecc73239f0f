package io.coppice.internal.run;

import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Comparator;
import java.util.stream.Collectors;

/** What the log says of processes that ended badly. */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger("io.coppice.crash");
    private static final int LONGEST_MESSAGE = 200;

    private Reports() {}

    /** A process threw: who, why, on which message, and whom it takes along. */
    static void crashed(LocalProcess<?> who, ExitReason.Crashed why, Object message) {
        if (LOG.isErrorEnabled()) {
            LOG.error(
                    "{} crashed on {}; linked to {}",
                    who,
                    shortened(message),
                    linked(who),
                    why.throwable());
        }
    }

    static void crashed(LocalProcess<?> who, ExitReason why, Object message) {
        if (why instanceof ExitReason.Crashed crash) {
            crashed(who, crash, message);
        }
    }

    /** A process that was stopping threw something else than what unwinds it. */
    static void alsoThrown(LocalProcess<?> who, ExitReason asked, Throwable thrown) {
        LOG.warn("{} was stopping ({}) and threw", who, asked, thrown);
    }

    /** A resource that a process owned could not be closed. */
    static void notClosed(LocalProcess<?> owner, Object resource, Throwable thrown) {
        LOG.warn("closing {} of {} failed", resource.getClass().getName(), owner, thrown);
    }

    private static String linked(LocalProcess<?> who) {
        return who.linkedPids().stream()
                .sorted(Comparator.comparingLong(Pid::number))
                .map(Pid::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String shortened(Object message) {
        String text;
        try {
            text = String.valueOf(message);
        } catch (Throwable thrown) {
            text = message.getClass().getName() + " (whose toString threw " + thrown + ")";
        }
        return text.length() <= LONGEST_MESSAGE
                ? text
                : text.substring(0, LONGEST_MESSAGE) + "... (" + text.length() + " characters)";
    }
}
