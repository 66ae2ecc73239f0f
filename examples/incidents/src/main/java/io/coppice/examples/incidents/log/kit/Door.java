package io.coppice.examples.incidents.log.kit;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.process.ExitReason;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * One connection, from its first byte on. Nothing is served before both sides know what they speak.
 * Whatever is wrong ends the process, with all there is to know as its reason; the last thing it
 * does is to tell the peer a code, and a number under which this side's log has the rest.
 */
public final class Door implements Actor<byte[]> {

    /**
     * Who has been let in: the status of the process.
     *
     * @param version what is spoken
     */
    public record Guest(Key key, int version) {}

    /** Why a peer is turned away: for this side only. */
    public record Refusal(Code code, String detail) {}

    private static final Codec BEFORE_WELCOME = new Codec(Codec.OLDEST);

    private final Context<byte[]> context;
    private final ActorRef<byte[]> peer;
    private final Consumer<Frame> inside;
    private @Nullable Codec agreed;

    /**
     * A door at which nobody has knocked.
     *
     * @param peer where answers go
     * @param inside what is done with frames; may throw
     */
    public Door(Context<byte[]> context, ActorRef<byte[]> peer, Consumer<Frame> inside) {
        this.context = context;
        this.peer = peer;
        this.inside = inside;
    }

    @Override
    public void receive(byte[] bytes) {
        var codec = agreed == null ? BEFORE_WELCOME : agreed;
        switch (codec.read(bytes)) {
            case Codec.Read.Bad(var code, var detail) -> throw refuse(code, detail);
            case Codec.Read.Good(Frame.Hello hello) when agreed == null -> welcome(hello);
            case Codec.Read.Good(var frame) when agreed != null && isForGuests(frame) ->
                    inside.accept(frame);
            case Codec.Read.Good(var frame) -> throw refuse(Code.OUT_OF_TURN, frame.toString());
        }
    }

    private static boolean isForGuests(Frame frame) {
        return frame instanceof Frame.Deliver || frame instanceof Frame.Upward;
    }

    /** Shows the guest before it is told that it is one. */
    private void welcome(Frame.Hello hello) {
        var theirs = new Versions(hello.lowest(), hello.highest());
        int version =
                Versions.ALL
                        .common(theirs)
                        .orElseThrow(() -> refuse(Code.NO_COMMON_VERSION, theirs.toString()));
        agreed = new Codec(version);
        context.publish(new Guest(hello.key(), version));
        say(new Frame.Welcome(version));
    }

    private RuntimeException refuse(Code code, String detail) {
        return context.stop(ExitReason.custom(new Refusal(code, detail)));
    }

    @Override
    public void stopped(ExitReason reason) {
        told(reason).ifPresent(code -> say(new Frame.Failed(code, context.self().pid().number())));
    }

    /** What the peer may know of {@code reason}. */
    private static Optional<Code> told(ExitReason reason) {
        return switch (reason) {
            case ExitReason.Custom(Refusal(var code, var detail)) -> Optional.of(code);
            case ExitReason any when any.isAbnormal() -> Optional.of(Code.INTERNAL);
            default -> Optional.empty();
        };
    }

    private void say(Frame frame) {
        peer.send((agreed == null ? BEFORE_WELCOME : agreed).write(frame));
    }
}
