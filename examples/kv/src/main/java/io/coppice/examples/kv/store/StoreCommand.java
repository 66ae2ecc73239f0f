package io.coppice.examples.kv.store;

import java.util.List;

/** A command on the data, which a {@link Database} carries out. */
public sealed interface StoreCommand extends Command
        permits StringCommand,
                KeyCommand,
                ListCommand,
                HashCommand,
                SetCommand,
                MultiKeyCommand,
                WholeCommand {

    /** The keys it touches, each as often as it was named; none for a {@link WholeCommand}. */
    List<Bytes> keys();

    /**
     * Whether it may change something. If not, a client that was told that the answer is unknown
     * may ask again without harm.
     */
    default boolean writes() {
        return this instanceof Write;
    }
}
