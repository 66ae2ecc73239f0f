package io.coppice.conformance;

import io.coppice.actor.ActorRef;
import io.coppice.actor.ReplyTo;
import io.coppice.conformance.Definitions.Kind;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.Supervisor;

import java.util.function.Function;

/** Asks a supervisor. The answer comes when its turn has come, and may never come. */
final class SupervisorCalls {

    private final Run run;
    private final Terms terms;

    SupervisorCalls(Run run) {
        this.run = run;
        this.terms = new Terms(run.recorder());
    }

    /**
     * Asks a supervisor, dead or alive.
     *
     * @param kind what the process is
     * @param ticket has the answer, or else the reason why the supervisor ended
     */
    void ask(ActorRef<?> process, Kind kind, Request request, Ticket.OfRequest ticket) {
        if (!run.node().isAlive(process.pid())) {
            ticket.answer("error noproc");
            return;
        }
        var ended = run.node().ended(process.pid());
        var unused = ended.thenAccept(reason -> ticket.ended(Reasons.text(reason)));
        if (kind.isDynamic()) {
            new ToDynamic(kind, dynamic(process), ticket).ask(request);
        } else {
            new ToOrdered(kind, ordered(process), ticket).ask(request);
        }
    }

    @SuppressWarnings("unchecked") // its kind says so
    private static ActorRef<Supervisor.Message> ordered(ActorRef<?> process) {
        return (ActorRef<Supervisor.Message>) process;
    }

    @SuppressWarnings("unchecked") // its kind says so
    private static ActorRef<DynamicSupervisor.Message<String, Object>> dynamic(
            ActorRef<?> process) {
        return (ActorRef<DynamicSupervisor.Message<String, Object>>) process;
    }

    /** Prints the answer and gives it to the ticket. */
    private static <T> ReplyTo<T> reply(Ticket.OfRequest ticket, Function<T, String> print) {
        return answer -> ticket.answer(print.apply(answer));
    }

    private final class ToOrdered {

        private final Kind kind;
        private final ActorRef<Supervisor.Message> supervisor;
        private final Ticket.OfRequest ticket;

        ToOrdered(Kind kind, ActorRef<Supervisor.Message> supervisor, Ticket.OfRequest ticket) {
            this.kind = kind;
            this.supervisor = supervisor;
            this.ticket = ticket;
        }

        void ask(Request request) {
            if (request instanceof Request.Stop(var reason)) {
                // A stop's answer is the end, which may come for another cause before its turn.
                supervisor.send(
                        new Supervisor.Message.CountChildren(count -> ticket.stops(reason)));
            }
            supervisor.send(message(request));
        }

        private Supervisor.Message message(Request request) {
            return switch (request) {
                case Request.StartChild(var id, var attributes) -> start(id);
                case Request.TerminateChild(var id) ->
                        new Supervisor.Message.TerminateChild(id, reply(ticket, terms::of));
                case Request.RestartChild(var id) ->
                        new Supervisor.Message.RestartChild(id, reply(ticket, terms::of));
                case Request.DeleteChild(var id) ->
                        new Supervisor.Message.DeleteChild(id, reply(ticket, terms::of));
                case Request.WhichChildren() ->
                        new Supervisor.Message.WhichChildren(
                                reply(ticket, children -> terms.of(kind, children)));
                case Request.CountChildren() ->
                        new Supervisor.Message.CountChildren(reply(ticket, terms::of));
                case Request.GetChildSpec(var id) ->
                        new Supervisor.Message.GetChildSpec(
                                id,
                                reply(
                                        ticket,
                                        found -> found.map(terms::of).orElse(Terms.NOT_FOUND)));
                // A pid is no id.
                case Request.TerminateProcess(var name) -> fixed(Terms.NOT_FOUND);
                case Request.Stop(var reason) -> new Supervisor.Message.Stop(Reasons.parse(reason));
            };
        }

        private Supervisor.Message start(String id) {
            var child = new Definitions.Child(id, run.definitions().child(id));
            try {
                return new Supervisor.Message.StartChild<>(
                        new Trees(run).child(child), reply(ticket, terms::of));
            } catch (BadDefinition e) {
                return fixed("error " + e.term());
            }
        }

        /** An answer that is known, but must not come before its turn. */
        private Supervisor.Message fixed(String answer) {
            return new Supervisor.Message.CountChildren(reply(ticket, count -> answer));
        }
    }

    private final class ToDynamic {

        private final Kind kind;
        private final ActorRef<DynamicSupervisor.Message<String, Object>> supervisor;
        private final Ticket.OfRequest ticket;

        ToDynamic(
                Kind kind,
                ActorRef<DynamicSupervisor.Message<String, Object>> supervisor,
                Ticket.OfRequest ticket) {
            this.kind = kind;
            this.supervisor = supervisor;
            this.ticket = ticket;
        }

        void ask(Request request) {
            if (request instanceof Request.Stop(var reason)) {
                // As above.
                supervisor.send(
                        new DynamicSupervisor.Message.CountChildren<>(
                                count -> ticket.stops(reason)));
            }
            supervisor.send(message(request));
        }

        private DynamicSupervisor.Message<String, Object> message(Request request) {
            return switch (request) {
                case Request.StartChild(var id, var attributes) -> start(id);
                case Request.TerminateProcess(var name) ->
                        new DynamicSupervisor.Message.TerminateChild<>(
                                run.recorder().process(name).orElseThrow().pid(),
                                reply(ticket, terms::of));
                case Request.WhichChildren() ->
                        new DynamicSupervisor.Message.WhichChildren<>(
                                reply(ticket, children -> terms.of(kind, children)));
                case Request.CountChildren() ->
                        new DynamicSupervisor.Message.CountChildren<>(reply(ticket, terms::of));
                case Request.GetChildSpec(var id) ->
                        new DynamicSupervisor.Message.GetTemplate<>(
                                reply(
                                        ticket,
                                        template ->
                                                template.id().equals(id)
                                                        ? terms.of(template)
                                                        : Terms.NOT_FOUND));
                case Request.Stop(var reason) ->
                        new DynamicSupervisor.Message.Stop<>(Reasons.parse(reason));
                case Request.TerminateChild(var id) -> fixed(Terms.SIMPLE_ONE_FOR_ONE);
                case Request.RestartChild(var id) -> fixed(Terms.SIMPLE_ONE_FOR_ONE);
                case Request.DeleteChild(var id) -> fixed(Terms.SIMPLE_ONE_FOR_ONE);
            };
        }

        private DynamicSupervisor.Message<String, Object> start(String id) {
            return new DynamicSupervisor.Message.StartChild<>(id, reply(ticket, terms::of));
        }

        /** An answer that is known, but must not come before its turn. */
        private DynamicSupervisor.Message<String, Object> fixed(String answer) {
            return new DynamicSupervisor.Message.CountChildren<>(reply(ticket, count -> answer));
        }
    }
}
