package io.coppice.examples.kv.server;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Pid;
import io.coppice.supervision.TreeView;

import java.util.List;

/** Hears of each death in a tree, and looks whether the name of the dead is free by then. */
final class Mourner implements Actor<Mourner.Message> {

    sealed interface Message {
        record Watch(TreeView tree) implements Message {}

        /** A process has died, whose label is its name. */
        record Gone(Pid process) implements Message {}
    }

    private final Context<Message> context;
    private final List<String> complaints;

    private Mourner(Context<Message> context, List<String> complaints) {
        this.context = context;
        this.complaints = complaints;
    }

    /**
     * @param complaints gets what it sees that should not be
     */
    static ActorRef<Message> on(Node node, List<String> complaints) {
        ActorFactory<Message> factory = context -> new Mourner(context, complaints);
        return node.start(factory, SpawnOptions.<Message>defaults().withLabel("mourner"));
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Watch(var tree) -> watch(tree);

            case Message.Gone(var dead) -> {
                var holder = context.node().registry().lookup(Name.of(dead.label()));
                if (holder.filter(it -> it.pid().equals(dead)).isPresent()) {
                    complaints.add(dead + " is dead, and still has its name");
                }
            }
        }
    }

    private void watch(TreeView part) {
        part.live()
                .flatMap(TreeView.Live::pid)
                .ifPresent(process -> context.monitor(process, down -> new Message.Gone(process)));
        part.children().forEach(this::watch);
    }
}
