package io.coppice.examples.incidents.stage;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A process that does what it is told to, and keeps whatever else it hears. */
public final class Puppet {

    /** Something to do inside the process. */
    @FunctionalInterface
    public interface Act<T> {
        T in(Context<Object> context) throws Exception;
    }

    /** Something to do inside the process, without a result. */
    @FunctionalInterface
    public interface Deed {
        void in(Context<Object> context) throws Exception;
    }

    private record Order<T>(Act<T> act, CompletableFuture<T> result) {

        void carryOut(Context<Object> context) throws Exception {
            try {
                result.complete(act.in(context));
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
                throw thrown;
            }
        }
    }

    private final ActorRef<Object> ref;
    private final BlockingQueue<Object> heard;
    private final CompletableFuture<ExitReason> end;

    private Puppet(ActorRef<Object> ref, BlockingQueue<Object> heard, Node node) {
        this.ref = ref;
        this.heard = heard;
        this.end = node.ended(ref.pid());
    }

    /** A puppet on {@code node}. */
    public static Puppet start(Node node) {
        return start(node, SpawnOptions.defaults());
    }

    /** A puppet on {@code node}, with options. */
    public static Puppet start(Node node, SpawnOptions<Object> options) {
        var heard = new LinkedBlockingQueue<Object>();
        return new Puppet(node.start(puppet(heard), options), heard, node);
    }

    private static ActorFactory<Object> puppet(BlockingQueue<Object> heard) {
        return context ->
                message -> {
                    if (message instanceof Order<?> order) {
                        order.carryOut(context);
                    } else {
                        heard.add(message);
                    }
                };
    }

    /** Has the process do {@code act}, and does not wait. What it throws crashes the process. */
    public <T> CompletableFuture<T> begin(Act<T> act) {
        var result = new CompletableFuture<T>();
        ref.send(new Order<>(act, result));
        return result;
    }

    /** Has the process do {@code deed} some time. What it throws crashes the process. */
    public void tell(Deed deed) {
        Act<Boolean> act =
                context -> {
                    deed.in(context);
                    return true;
                };
        ref.send(new Order<>(act, new CompletableFuture<>()));
    }

    /** Has the process do {@code act}, and waits for its result. */
    public <T> T does(Act<T> act) throws InterruptedException {
        return Wait.of(begin(act));
    }

    /** From now on the process traps exits, and keeps the news. */
    public Puppet trapping() throws InterruptedException {
        does(context -> context.trapExits(exited -> exited));
        return this;
    }

    /** The next thing it hears. */
    public Object hears() throws InterruptedException {
        return Wait.next(heard);
    }

    /** All that it has heard and nobody has taken, what was sent before this included. */
    public List<Object> heard() throws InterruptedException {
        does(context -> true);
        var all = new ArrayList<Object>();
        heard.drainTo(all);
        return all;
    }

    /** Its address. */
    public ActorRef<Object> ref() {
        return ref;
    }

    /** Who it is. */
    public Pid pid() {
        return ref.pid();
    }

    /** Waits for its end. */
    public ExitReason end() throws InterruptedException {
        return Wait.of(end);
    }
}
