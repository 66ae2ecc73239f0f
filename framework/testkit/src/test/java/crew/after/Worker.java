package crew.after;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;

/** Does what it is told. */
record Worker(Context<String> context) implements Actor<String> {

    @Override
    public void receive(String task) {}
}
