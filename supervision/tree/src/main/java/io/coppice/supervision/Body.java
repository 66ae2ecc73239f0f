package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartResult;

import java.util.Optional;
import java.util.function.Function;

/** What a child runs. */
sealed interface Body<M> {

    record OfActor<M>(ActorFactory<M> factory) implements Body<M> {
        public OfActor {
            requireNonNull(factory, "factory");
        }
    }

    /** What many run, which differ by their {@linkplain Child#argument() argument} alone. */
    record OfEach<A, M>(ChildFactory<A, M> factory) implements Body<M> {}

    record OfProgram<M>(Program<M> program) implements Body<M> {
        public OfProgram {
            requireNonNull(program, "program");
        }
    }

    @SuppressWarnings("unchecked") // a supervisor is a factory of what it specifies
    static <M> Body<M> of(ChildSpec<M> child) {
        return switch (child) {
            case Child<M> leaf -> leaf.body();
            case Supervisor tree -> new OfActor<>((ActorFactory<M>) (ActorFactory<?>) tree);
            case DynamicSupervisor<?, ?> tree ->
                    new OfActor<>((ActorFactory<M>) (ActorFactory<?>) tree);
            case DerivedSupervisor<M, ?> tree -> new OfActor<>(tree);
        };
    }

    /** Starts {@code child}, linked to the process of {@code context}, which may hold it shut. */
    static <M, P> ActorRef<M> startLinked(
            ChildSpec<M> child,
            boolean heldShut,
            Context<P> context,
            Function<? super StartResult<M>, ? extends P> done) {
        var options = options(child, heldShut);
        return switch (named(of(child), child)) {
            case OfActor<M>(var factory) -> context.startLinked(factory, options, done);
            case OfEach<?, M> each -> context.startLinked(factory(each, child), options, done);
            case OfProgram<M>(var program) -> context.startLinked(program, options, done);
        };
    }

    private static <M> SpawnOptions<M> options(ChildSpec<M> child, boolean heldShut) {
        boolean isDrainable = child.shutdown() instanceof ShutdownMode.Draining;
        return new SpawnOptions<>(
                child.id(),
                Optional.empty(), // named() sees to it
                child.initDeadline(),
                child.mailbox(),
                isDrainable,
                false,
                heldShut);
    }

    /** {@code body}, which first of all takes its name. */
    private static <M> Body<M> named(Body<M> body, ChildSpec<M> child) {
        if (child.name().isEmpty()) {
            return body;
        }
        var name = child.name().get();
        return switch (body) {
            case OfActor<M>(var factory) -> named(factory, name, child.holding());
            case OfEach<?, M> each -> named(factory(each, child), name, child.holding());
            case OfProgram<M>(var program) ->
                    new OfProgram<>(
                            (context, inbox) -> {
                                Inheritance.claim(name, child.holding(), context);
                                program.run(context, inbox);
                            });
        };
    }

    private static <M> Body<M> named(ActorFactory<M> factory, Name<M> name, int holding) {
        return new OfActor<>(
                context -> {
                    Inheritance.claim(name, holding, context);
                    return factory.create(context);
                });
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // made by a template of what its factory takes
    private static <A, M> ActorFactory<M> factory(OfEach<A, M> each, ChildSpec<M> child) {
        var argument = (A) ((Child<M>) child).argument();
        return context -> each.factory().create(context, argument);
    }
}
