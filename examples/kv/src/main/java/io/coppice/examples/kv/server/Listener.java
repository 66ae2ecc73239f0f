package io.coppice.examples.kv.server;

import static io.coppice.examples.kv.server.KvTree.CONNECTIONS;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Answer;
import io.coppice.actor.Context;
import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.Refusal;

import java.time.Duration;

/**
 * Takes clients in: has a connection started for each that comes to the door, and again for each
 * whose connection has died. The door itself stays open while there is no listener; clients wait in
 * it.
 */
final class Listener implements Actor<Listener.Message> {

    sealed interface Message {

        /** A client waits for a connection. */
        record Arrived(Visitor visitor) implements Message {}

        /** Whether one was started. */
        record Seen(Visitor visitor, Answer<ChildStart<Connection.Message>> answer)
                implements Message {}

        record Ping(ReplyTo<Integer> replyTo) implements Message {}
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final Context<Message> context;
    private final Door door;

    Listener(Context<Message> context, Premises premises) {
        this.context = context;
        this.door = premises.door();
        ActorRef<Message> self = context.self();
        context.own(door.openFor(visitor -> self.send(new Message.Arrived(visitor))));
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Arrived(var visitor) -> seat(visitor);

            case Message.Seen(
                            var visitor,
                            Answer.Received<ChildStart<Connection.Message>>(
                                    ChildStart.Refused<Connection.Message>(var why))) ->
                    refused(visitor, why);
            case Message.Seen(var visitor, Answer.Received<?> seated) -> {}
            case Message.Seen(var visitor, var nobodyAnswered) -> tryAgain(visitor);

            case Message.Ping(var replyTo) -> replyTo.send(door.waiting());
        }
    }

    /** A connection that was killed before it took its client has not turned it away. */
    private void refused(Visitor visitor, Refusal why) {
        if (why instanceof Refusal.StartFailed(ExitReason.Killed())) {
            tryAgain(visitor);
        } else {
            visitor.turnAway("ERR no connection: " + why);
        }
    }

    private void tryAgain(Visitor visitor) {
        context.timers().after(LOOK_AGAIN, new Message.Arrived(visitor));
    }

    private void seat(Visitor visitor) {
        if (!visitor.isWaiting()) {
            return;
        }
        ActorRef<DynamicSupervisor.Message<Visitor, Connection.Message>> connections =
                context.node().registry().ref(CONNECTIONS);
        context
                .<DynamicSupervisor.Message<Visitor, Connection.Message>,
                        ChildStart<Connection.Message>>
                        request(
                                connections,
                                replyTo ->
                                        new DynamicSupervisor.Message.StartChild<>(
                                                visitor, replyTo),
                                PATIENCE,
                                answer -> new Message.Seen(visitor, answer));
    }
}
