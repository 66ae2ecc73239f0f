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

    void tell(TreeEvent event) {
        write(event);
        rules.listeners().forEach(listener -> tell(listener, event));
    }

    private void tell(TreeListener listener, TreeEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException thrown) {
            LOG.error("{}: a listener failed on {}", rules.path(), event, thrown);
        }
    }

    private void write(TreeEvent event) {
        String supervisor = rules.path();
        switch (event) {
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
                    LOG.info("{}: {} waits, at most {}", supervisor, it.path(), it.atMost());

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

            case TreeEvent.SupervisorStarted it -> LOG.debug("{}: runs", supervisor);

            case TreeEvent.GivingUp(var pid, var path, var why) ->
                    LOG.error("{}: {}", supervisor, why.inFull());

            case TreeEvent.SupervisorEnded it -> LOG.debug("{}: ends: {}", supervisor, it.reason());
        }
    }
}
