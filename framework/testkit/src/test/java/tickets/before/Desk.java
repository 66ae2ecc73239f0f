package tickets.before;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;

/** Sells a seat to every customer it is sent, while there are any. */
record Desk(ActorRef<Hall.Message> hall) implements Actor<String> {

    @Override
    public void receive(String customer) {
        if (hall.call(Hall.Message.Left::new, ofSeconds(1)) > 0) {
            hall.send(new Hall.Message.Sell(customer));
        }
    }
}
