package io.coppice.supervision;

import io.coppice.actor.StartFailure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and listeners what happened. The stack trace of a crash is not in it: the process
 * that crashed has reported that.
 */
record Reports(Rules rules) {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    void unexpected(Object message) {
        LOG.error(
                "{}: unexpected message, of {}; was its name given another type?",
                rules.path(),
                message.getClass());
    }

    /** Whether anybody hears of events, at this moment: the log, or a listener. */
    boolean areHeard() {
        return LOG.isErrorEnabled() || !rules.listeners().isEmpty();
    }

    void tell(TreeEvent event) {
        if (LOG.isErrorEnabled()) {
            harmlessly(() -> write(event), "the log", event);
        }
        for (var listener : rules.listeners()) {
            harmlessly(() -> listener.on(event), "a listener", event);
        }
    }

    /** A reply address may be anybody's code. */
    void answer(Runnable reply) {
        harmlessly(reply, "a reply address", "an answer");
    }

    /** Texts of reasons, listeners and reply addresses are user code, which may throw anything. */
    private void harmlessly(Runnable users, String what, Object of) {
        try {
            users.run();
        } catch (Throwable thrown) {
            LOG.error(
                    "{}: {} failed on {}: {}",
                    rules.path(),
                    what,
                    of.getClass().getSimpleName(),
                    thrown.getClass().getName());
        }
    }

    private void write(TreeEvent event) {
        String supervisor = rules.path();
        switch (event) {
            case TreeEvent.ChildStarted it when it.cause() instanceof TreeEvent.Cause.Failure ->
                    LOG.info(
                            "{}: {} runs, restarted (incarnation {})",
                            supervisor,
                            it.pid(),
                            it.incarnation());

            case TreeEvent.ChildStarted it ->
                    LOG.debug(
                            "{}: {} runs, incarnation {}", supervisor, it.pid(), it.incarnation());

            case TreeEvent.ChildNotStarted it when it.failure() instanceof StartFailure.Ignored ->
                    LOG.debug("{}: {}", supervisor, it.failure().getMessage());

            case TreeEvent.ChildNotStarted it when it.isTriedAgain() ->
                    LOG.warn(
                            "{}: no restart: {}; to be tried again",
                            supervisor,
                            it.failure().getMessage());

            case TreeEvent.ChildNotStarted it
                    when it.cause() instanceof TreeEvent.Cause.SupervisorStarts ->
                    LOG.error(
                            "{}: no start: {}; {} ends",
                            supervisor,
                            it.failure().getMessage(),
                            supervisor);

            case TreeEvent.ChildNotStarted it ->
                    LOG.debug("{}: no start: {}", supervisor, it.failure().getMessage());

            case TreeEvent.ChildExited it when it.isToRestart() ->
                    LOG.warn(
                            "{}: {} ended: {}; to be restarted", supervisor, it.pid(), it.reason());

            case TreeEvent.ChildExited it when it.reason().isAbnormal() ->
                    LOG.warn("{}: {} ended: {}; not restarted", supervisor, it.pid(), it.reason());

            case TreeEvent.ChildExited it ->
                    LOG.debug("{}: {} ended: {}", supervisor, it.pid(), it.reason());

            case TreeEvent.RestartDelayed it ->
                    LOG.info(
                            "{}: {} waits for its restart, {} at most",
                            supervisor,
                            it.child(),
                            Words.of(it.atMost()));

            case TreeEvent.ChildOverdue it ->
                    LOG.warn(
                            "{}: {} killed: it did not stop {}",
                            supervisor,
                            it.pid(),
                            it.shutdown());

            case TreeEvent.ChildStopped it when it.isOdd() ->
                    LOG.warn(
                            "{}: {} was to stop, and ended: {}", supervisor, it.pid(), it.reason());

            case TreeEvent.ChildStopped it ->
                    LOG.debug("{}: {} stopped: {}", supervisor, it.pid(), it.reason());

            case TreeEvent.SupervisorStarted it when rules.isRoot() ->
                    LOG.info("{}: runs", supervisor);

            case TreeEvent.SupervisorStarted it -> LOG.debug("{}: runs", supervisor);

            case TreeEvent.GivingUp(var pid, var path, var why) ->
                    LOG.error("{}: {}", supervisor, why.inFull());

            case TreeEvent.SupervisorEnded it -> LOG.debug("{}: ends: {}", supervisor, it.reason());
        }
    }
}
