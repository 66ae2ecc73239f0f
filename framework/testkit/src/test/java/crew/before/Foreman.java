package crew.before;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Exited;

/** Sees to it that whoever leaves is replaced, and that nobody stays when it goes itself. */
final class Foreman implements Actor<Foreman.Message> {

    sealed interface Message {
        record Hire(String name) implements Message {}

        record Left(Exited worker) implements Message {}
    }

    private final Context<Message> context;

    Foreman(Context<Message> context) {
        this.context = context;
        context.trapExits(Message.Left::new);
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Hire(var name) -> hire(name);
            case Message.Left(var worker) -> hire(worker.from().label());
        }
    }

    private void hire(String name) {
        var options = SpawnOptions.<String>defaults().withLabel(name);
        var worker = context.spawn(Worker::new, options);
        context.link(worker.pid());
    }
}
