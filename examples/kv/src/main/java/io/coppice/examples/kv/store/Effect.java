package io.coppice.examples.kv.store;

import java.util.List;

/**
 * One change of a database, as it is logged and replayed. It depends on nothing but the database it
 * is applied to: times are absolute, and what a command had to find out is written down.
 *
 * <p>Every effect but {@link Clear} changes one {@link #key()}.
 */
public sealed interface Effect {

    /** Said of a key that does not expire. */
    long NEVER = -1;

    sealed interface OnKey extends Effect {
        Bytes key();
    }

    /**
     * The key holds this string, whatever it held before.
     *
     * @param expiresAtMillis since the epoch, or {@link #NEVER}
     */
    record Put(Bytes key, Bytes value, long expiresAtMillis) implements OnKey {}

    /** The string, which may not exist yet, has these bytes added. */
    record Append(Bytes key, Bytes suffix) implements OnKey {}

    record Delete(Bytes key) implements OnKey {}

    /**
     * The key, which exists, expires then.
     *
     * @param atMillis since the epoch, or {@link #NEVER}
     */
    record ExpireAt(Bytes key, long atMillis) implements OnKey {}

    /** The list, which may not exist yet, has these put at an end, one after the other. */
    record Push(Bytes key, End end, List<Bytes> values) implements OnKey {
        public Push {
            values = List.copyOf(values);
        }
    }

    /** The list, which has at least so many, loses these at an end; an empty list is gone. */
    record Pop(Bytes key, End end, int count) implements OnKey {}

    /** The hash, which may not exist yet, has these fields set. */
    record PutFields(Bytes key, List<Field> fields) implements OnKey {
        public PutFields {
            fields = List.copyOf(fields);
        }
    }

    /** The hash loses these fields; an empty hash is gone. */
    record RemoveFields(Bytes key, List<Bytes> fields) implements OnKey {
        public RemoveFields {
            fields = List.copyOf(fields);
        }
    }

    /** The set, which may not exist yet, has these added. */
    record AddMembers(Bytes key, List<Bytes> members) implements OnKey {
        public AddMembers {
            members = List.copyOf(members);
        }
    }

    /** The set loses these; an empty set is gone. */
    record RemoveMembers(Bytes key, List<Bytes> members) implements OnKey {
        public RemoveMembers {
            members = List.copyOf(members);
        }
    }

    /** No key is left. */
    record Clear() implements Effect {}

    /**
     * Changes nothing: says that the command whose effects are logged with it was answered so.
     * Should the answer not get out, the command can be told from one that was never carried out.
     *
     * @param client who asked, unique among all clients there ever are
     * @param request the number of the client's request
     * @param part which part of the request it was
     */
    record Receipt(long client, long request, int part, Reply reply) implements Effect {}

    /** A field of a hash. */
    record Field(Bytes name, Bytes value) {}

    /** An end of a list. */
    enum End {
        LEFT,
        RIGHT
    }
}
