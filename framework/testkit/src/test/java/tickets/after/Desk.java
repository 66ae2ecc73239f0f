package tickets.after;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;

/** Sells a seat to every customer it is sent, while there are any. */
record Desk(ActorRef<Hall.Message> hall) implements Actor<String> {

    @Override
    public void receive(String customer) {
        hall.send(new Hall.Message.Buy(customer));
    }
}
