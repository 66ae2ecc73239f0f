package io.coppice.examples.kv.server;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.examples.kv.server.Shard.Ticket;
import io.coppice.examples.kv.session.Session;
import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Commands;
import io.coppice.examples.kv.store.ConnectionCommand;
import io.coppice.examples.kv.store.Plan;
import io.coppice.examples.kv.store.RedisError;
import io.coppice.examples.kv.store.Reply;
import io.coppice.examples.kv.store.StoreCommand;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The process of one client: splits its requests among the shards, and joins their answers in
 * order.
 *
 * <p>It links itself to each shard that it uses. When one dies, what was under way there is asked
 * of its successor, which finds in the log whether it was carried out. If there is no successor for
 * a while, the outcome is unknown, and the client is told so. When the connection itself dies, the
 * client stays, and all it has not been answered is asked again by the next connection.
 */
final class Connection implements Actor<Connection.Message> {

    sealed interface Message {

        /**
         * The client asks.
         *
         * @param number one more than of its request before
         */
        record Asked(long number, List<Bytes> words) implements Message {}

        /** The client has sent what is no request; it gets {@code error} and is let go. */
        record Malformed(long number, Reply error) implements Message {}

        /** The client has left. */
        record Left() implements Message {}

        /** A shard has answered, and made sure that what it answers survives. */
        record Answered(List<Shard.Answer> answers) implements Message {}

        record PeerEnded(Exited exited) implements Message {}

        /** Look again for shards that were missing. */
        record LookAgain() implements Message {}
    }

    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Context<Message> context;
    private final Visitor visitor;
    private final Visitor.Hold client;
    private final Session session;
    private final List<Route> routes;
    private final Pipeline pipeline = new Pipeline();
    private boolean lookingAgain;
    private boolean leaving;

    Connection(Context<Message> context, Visitor visitor, Premises premises) {
        this.context = context;
        this.visitor = visitor;
        this.session = visitor.session();
        this.routes =
                Stream.generate(() -> new Route(context.node().clock()))
                        .limit(premises.shards())
                        .toList();
        context.trapExits(Message.PeerEnded::new);
        this.client = visitor.take(context.self()).orElseThrow(context::ignore);
        context.own(client);
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Asked(var number, var words) -> ask(number, words);

            case Message.Malformed(var number, var error) -> {
                pipeline.addAnswered(number, error);
                leaving = true;
            }

            case Message.Left() -> throw context.stop(ExitReason.NORMAL);

            case Message.Answered(var answers) -> answers.forEach(this::answered);

            case Message.PeerEnded(Exited(var from, var reason))
                    when context.parent().filter(from::equals).isPresent() ->
                    throw context.stop(reason);

            case Message.PeerEnded(var shard) -> shardEnded(shard.from());

            case Message.LookAgain() -> {
                lookingAgain = false;
                IntStream.range(0, routes.size()).forEach(this::resume);
            }
        }
        tell();
    }

    private void ask(long number, List<Bytes> words) {
        if (leaving) {
            return;
        }
        try {
            switch (Commands.parse(words)) {
                case ConnectionCommand command -> {
                    pipeline.addAnswered(number, session.answer(command));
                    leaving = command instanceof ConnectionCommand.Quit;
                }
                case StoreCommand command -> ask(number, Plan.of(command, routes.size()));
            }
        } catch (RedisError refusal) {
            pipeline.addAnswered(number, refusal.reply());
        }
    }

    private void ask(long number, Plan plan) {
        pipeline.add(number, plan.join(), plan.parts().size());
        for (int part = 0; part < plan.parts().size(); part++) {
            var piece = plan.parts().get(part);
            var ticket = new Ticket(visitor.id(), number, part);
            boolean inParts = plan.parts().size() > 1;
            routes.get(piece.shard()).await(new Route.Waiting(ticket, piece.command(), inParts));
            resume(piece.shard());
        }
    }

    /** Sends what waits for a shard, in order, if there is one. */
    private void resume(int number) {
        var route = routes.get(number);
        if (route.waiting.isEmpty()) {
            return;
        }
        if (reach(number, route)) {
            route.waiting.forEach(next -> send(route, next));
            route.waiting.clear();
        } else if (context.node().clock().nanoTime() - route.waitingSinceNanos > PATIENCE_NANOS) {
            route.waiting.forEach(next -> pipeline.answer(next.ticket(), Outage.of(number, next)));
            route.waiting.clear();
        } else {
            lookAgainSoon();
        }
    }

    /** Links to the shard, if there is one; should it be dead by now, the link will say so. */
    private boolean reach(int number, Route route) {
        if (route.shard == null) {
            route.shard = context.node().registry().lookup(Shard.name(number)).orElse(null);
            if (route.shard != null) {
                context.link(route.shard.pid());
            }
        }
        return route.shard != null;
    }

    private void send(Route route, Route.Waiting next) {
        route.underWay.put(next.ticket(), next.command());
        Objects.requireNonNull(route.shard)
                .send(
                        new Shard.Message.Do(
                                next.ticket(), next.command(), pipeline.first(), context.self()));
    }

    private void lookAgainSoon() {
        if (!lookingAgain) {
            lookingAgain = true;
            context.timers().after(LOOK_AGAIN, new Message.LookAgain());
        }
    }

    private void answered(Shard.Answer answer) {
        routes.forEach(route -> route.underWay.remove(answer.ticket()));
        pipeline.answer(answer.ticket(), answer.reply());
    }

    private void shardEnded(Pid shard) {
        for (int number = 0; number < routes.size(); number++) {
            var route = routes.get(number);
            if (route.shard != null && route.shard.pid() == shard) {
                route.shardEnded();
                resume(number);
            }
        }
    }

    private void tell() {
        var ready = pipeline.ready();
        if (!ready.isEmpty()) {
            client.answer(ready);
        }
        if (leaving && pipeline.size() == 0) {
            client.letGo();
        }
    }
}
