package io.coppice.conformance;

import io.coppice.actor.Node;
import io.coppice.process.Pid;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a command waits for. */
sealed interface Ticket {

    /** The result, if there is one by now. */
    Optional<String> result();

    /** The result of commands that a process executes. */
    final class OfActions implements Ticket {

        private final Node node;
        private final Pid actor;
        private final List<Boolean> alwaysOk;
        private final CompletableFuture<List<String>> results = new CompletableFuture<>();

        /**
         * @param actor the acting process
         * @param alwaysOk for each action, whether it cannot but succeed, whatever becomes of the
         *     actor
         */
        OfActions(Node node, Pid actor, List<Boolean> alwaysOk) {
            this.node = node;
            this.actor = actor;
            this.alwaysOk = List.copyOf(alwaysOk);
        }

        /** All have been executed. */
        void done(List<String> theirResults) {
            results.complete(List.copyOf(theirResults));
        }

        @Override
        public Optional<String> result() {
            if (results.isDone()) {
                return Optional.of(text(results.join()));
            }
            return node.isAlive(actor)
                    ? Optional.empty()
                    : Optional.of(text(alwaysOk.stream().map(any -> "exited").toList()));
        }

        private String text(List<String> each) {
            return IntStream.range(0, each.size())
                    .mapToObj(i -> alwaysOk.get(i) ? "ok" : each.get(i))
                    .collect(Collectors.joining(", "));
        }
    }

    /** The answer of a supervisor; the first counts. */
    final class OfRequest implements Ticket {

        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private final CompletableFuture<String> stopping = new CompletableFuture<>();

        void answer(String text) {
            answer.complete(text);
        }

        /** The supervisor is about to stop for this request. */
        void stops(String reason) {
            stopping.complete(reason);
        }

        /** The supervisor has ended. */
        void ended(String reason) {
            answer(reason.equals(stopping.getNow(null)) ? "ok" : "error " + reason);
        }

        @Override
        public Optional<String> result() {
            return Optional.ofNullable(answer.getNow(null));
        }
    }

    /** A result that was there at once. */
    record Now(String text) implements Ticket {
        @Override
        public Optional<String> result() {
            return Optional.of(text);
        }
    }
}
