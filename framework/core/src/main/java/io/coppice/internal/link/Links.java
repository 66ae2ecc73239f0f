package io.coppice.internal.link;

import io.coppice.internal.table.Table;
import io.coppice.process.Pid;

/**
 * The link protocol: what one end knows of its links, and how each event changes it. A peer without
 * an entry is not linked.
 *
 * <p>Unlinking takes two steps, so that an exit already under way cannot pass for news of a link
 * made later: the link turns {@link Unlinking} at once, and is forgotten when the peer
 * acknowledges. Once every signal has arrived both ends agree on whether they are linked.
 *
 * <p>Erlang's protocol needs signals from one process to another to keep their order. Here an
 * acknowledgement is carried by the thread of the one who unlinks, and may cross a {@code Link}
 * that its sender carries itself. So the two rules that depend on their order look at the peer's
 * end.
 *
 * <p>A rule that changes nothing returns the very table it was given; then nothing is to be sent.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html#link-protocol">The
 *     Erlang link protocol</a>, which states these rules
 */
public final class Links {

    private Links() {}

    /** One end's view of one link. */
    public sealed interface Link {}

    /** Exits of the peer are heard. */
    public record Active() implements Link {}

    /** Exits of the peer are ignored until it acknowledges unlink {@code id}. */
    public record Unlinking(long id) implements Link {}

    private static final Link ACTIVE = new Active();

    /** No links. */
    public static Table<Pid, Link> none() {
        return Table.empty();
    }

    /** One active link, as a process has that is born linked. */
    public static Table<Pid, Link> to(Pid peer) {
        return Table.of(peer, ACTIVE);
    }

    public static boolean isActive(Table<Pid, Link> links, Pid peer) {
        return links.get(peer) instanceof Active;
    }

    /** This end asks for a link. If the table changes, send {@code Link}. */
    public static Table<Pid, Link> linkAsked(Table<Pid, Link> links, Pid peer) {
        return isActive(links, peer) ? links : links.with(peer, ACTIVE);
    }

    /** This end takes a link back. If the table changes, send {@code Unlink(id)}. */
    public static Table<Pid, Link> unlinkAsked(Table<Pid, Link> links, Pid peer, long id) {
        return isActive(links, peer) ? links.with(peer, new Unlinking(id)) : links;
    }

    /**
     * {@code Link} has arrived. While unlinking it is left to the acknowledgement.
     *
     * @param wanted whether the peer's end is active now; if not, the link was ended from here
     *     before it arrived
     */
    public static Table<Pid, Link> linkReceived(Table<Pid, Link> links, Pid peer, boolean wanted) {
        return wanted && links.get(peer) == null ? links.with(peer, ACTIVE) : links;
    }

    /** {@code Unlink} has arrived. Whatever it changes, acknowledge it. */
    public static Table<Pid, Link> unlinkReceived(Table<Pid, Link> links, Pid peer) {
        return isActive(links, peer) ? links.without(peer) : links;
    }

    /**
     * {@code UnlinkAck(id)} has arrived; one of an older unlink says nothing about this link.
     *
     * @param wanted whether the peer's end is active now: then it has linked again since it heard
     *     of the unlink
     */
    public static Table<Pid, Link> ackReceived(
            Table<Pid, Link> links, Pid peer, long id, boolean wanted) {
        if (!(links.get(peer) instanceof Unlinking(var sent) && sent == id)) {
            return links;
        }
        return wanted ? links.with(peer, ACTIVE) : links.without(peer);
    }

    /** {@code LinkExit} has arrived; it is heard if the link {@link #isActive was active}. */
    public static Table<Pid, Link> exitReceived(Table<Pid, Link> links, Pid peer) {
        return links.without(peer);
    }
}
