package io.coppice.examples.kv.store;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What commands on sets come to. */
record Sets(View view) {

    Outcome decide(SetCommand command) {
        return switch (command) {
            case SetCommand.Add(var key, var members) -> add(key, members);
            case SetCommand.Remove(var key, var members) -> remove(key, members);
            case SetCommand.Members(var key) ->
                    Outcome.unchanged(Reply.bulks(List.copyOf(members(key))));
        };
    }

    /** The members, none if the key does not exist; not to be changed. */
    private Set<Bytes> members(Bytes key) {
        var value = view.value(key, Value.Members.class);
        return value == null ? Set.of() : value.set();
    }

    private Outcome add(Bytes key, List<Bytes> members) {
        List<Bytes> added = distinct(members, Predicate.not(members(key)::contains));
        return added.isEmpty()
                ? Outcome.unchanged(Reply.ZERO)
                : Outcome.of(Reply.of(added.size()), new Effect.AddMembers(key, added));
    }

    private Outcome remove(Bytes key, List<Bytes> members) {
        List<Bytes> gone = distinct(members, members(key)::contains);
        return gone.isEmpty()
                ? Outcome.unchanged(Reply.ZERO)
                : Outcome.of(Reply.of(gone.size()), new Effect.RemoveMembers(key, gone));
    }

    private static List<Bytes> distinct(List<Bytes> members, Predicate<Bytes> which) {
        return members.stream().distinct().filter(which).toList();
    }
}
