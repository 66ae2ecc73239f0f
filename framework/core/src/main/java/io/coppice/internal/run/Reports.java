package io.coppice.internal.run;

import io.coppice.actor.NodeEvent.HighWater;
import io.coppice.actor.ShutdownReport;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * What the log says of processes that ended badly. Logging reads messages and exceptions, whose
 * code may throw in its turn; nothing of that gets out of here.
 */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger("io.coppice.crash");
    private static final Logger NODE = LoggerFactory.getLogger("io.coppice.node");
    private static final Logger SCHEDULER = LoggerFactory.getLogger("io.coppice.scheduler");
    private static final Logger MAILBOX = LoggerFactory.getLogger("io.coppice.mailbox");
    private static final int LONGEST_MESSAGE = 200;

    private Reports() {}

    /** A process threw: who, why, on which message, and whom it takes along. */
    static void crashed(LocalProcess<?> who, Throwable thrown, Object message) {
        if (who.node.tellThrown(who, thrown, message) || !LOG.isErrorEnabled()) {
            return;
        }
        safely(
                who,
                () ->
                        LOG.error(
                                "{} crashed on {}; linked to {}",
                                who,
                                shortened(message),
                                linked(who),
                                thrown));
    }

    /** A process that was stopping threw something else than what unwinds it. */
    static void alsoThrown(LocalProcess<?> who, ExitReason asked, Throwable thrown) {
        if (who.node.tellThrown(who, thrown, "stopping")) {
            return;
        }
        safely(who, () -> LOG.warn("{} was stopping ({}) and threw", who, asked, thrown));
    }

    /** The node has stopped, and something that a process owned has not been closed yet. */
    static void stillClosing(LocalProcess<?> owner, Object resource) {
        safely(
                owner,
                () ->
                        LOG.warn(
                                "closing {} of {} has not come to an end, and is not waited for",
                                resource.getClass().getName(),
                                owner));
    }

    /** A resource that a process owned could not be closed. */
    static void notClosed(LocalProcess<?> owner, Object resource, Throwable thrown) {
        safely(
                owner,
                () ->
                        LOG.warn(
                                "closing {} of {} failed",
                                resource.getClass().getName(),
                                owner,
                                thrown));
    }

    /** Many messages wait: how many, where, and how many may. */
    static void highWater(HighWater high) {
        var bound = high.bound();
        safely(
                high.process(),
                () ->
                        MAILBOX.warn(
                                "{} messages wait at {}; its high-water mark is {}, its bound {},"
                                        + " then {}",
                                high.waiting(),
                                high.process(),
                                bound.highWater(),
                                bound.capacity(),
                                bound.overflow()));
    }

    /** So many handlers wait or compute that no thread can take the place of another. */
    static void allStuck(int handlers) {
        safely(
                "the scheduler",
                () ->
                        SCHEDULER.error(
                                "{} handlers wait or compute at once, and no thread can be made for"
                                        + " one more: others may not run until one of them returns."
                                        + " Let programs do what waits, or send instead of calling",
                                handlers));
    }

    /** A node has stopped since the JVM ends: how that went. */
    static void stopped(ShutdownReport report) {
        safely("the node", () -> NODE.info("the JVM ends; the node has {}", report));
    }

    /** Something got past every catch of the runtime. */
    static void escaped(Object task, Throwable thrown) {
        safely(task, () -> LOG.error("{} let something escape", task, thrown));
    }

    private static void safely(Object who, Runnable report) {
        try {
            report.run();
        } catch (Throwable unreportable) {
            sayLess(who, unreportable);
        }
    }

    private static void sayLess(Object who, Throwable unreportable) {
        try {
            LOG.error("a report on {} failed with {}", who, unreportable.getClass().getName());
        } catch (Throwable hopeless) {
            // The log itself does not work. The process ends all the same.
        }
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
            return message.getClass().getName() + " (its toString threw)";
        }
        return text.length() <= LONGEST_MESSAGE
                ? text
                : text.substring(0, LONGEST_MESSAGE) + "... (" + text.length() + " characters)";
    }
}
