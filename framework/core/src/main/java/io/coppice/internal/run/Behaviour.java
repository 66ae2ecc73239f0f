package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;

import org.jspecify.annotations.Nullable;

/** What a process is to run: exactly one of the two. */
record Behaviour<C>(@Nullable ActorFactory<C> factory, @Nullable Program<C> program) {

    static <C> Behaviour<C> of(ActorFactory<C> factory) {
        return new Behaviour<>(requireNonNull(factory, "factory"), null);
    }

    static <C> Behaviour<C> of(Program<C> program) {
        return new Behaviour<>(null, requireNonNull(program, "program"));
    }

    LocalProcess<C> make(
            LocalNode node, SpawnOptions<C> options, @Nullable LocalProcess<?> parent) {
        var name = options.name().map(Name::value);
        var admission = Admission.of(options, parent);
        return factory != null
                ? new ActorProcess<>(
                        node, node.nextId(), options.label(), parent, admission, factory, name)
                : new ProgramProcess<>(
                        node,
                        node.nextId(),
                        options.label(),
                        parent,
                        admission,
                        requireNonNull(program, "program"),
                        name);
    }
}
