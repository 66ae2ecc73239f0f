package io.coppice.examples.kv.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What commands on hashes come to. */
record Hashes(View view) {

    Outcome decide(HashCommand command) {
        return switch (command) {
            case HashCommand.Put(var key, var fields) -> put(key, fields);
            case HashCommand.Remove(var key, var names) -> remove(key, names);
            case HashCommand.Get(var key, var name) -> {
                Bytes value = fields(key).get(name);
                yield Outcome.unchanged(value == null ? Reply.NIL : new Reply.Bulk(value));
            }
            case HashCommand.GetAll(var key) -> Outcome.unchanged(all(fields(key)));
        };
    }

    /** The fields, none if the key does not exist; not to be changed. */
    private Map<Bytes, Bytes> fields(Bytes key) {
        var value = view.value(key, Value.Fields.class);
        return value == null ? Map.of() : value.map();
    }

    private Outcome put(Bytes key, List<Effect.Field> fields) {
        Map<Bytes, Bytes> present = fields(key);
        var added = new HashSet<Bytes>();
        for (var field : fields) {
            if (!present.containsKey(field.name())) {
                added.add(field.name());
            }
        }
        return Outcome.of(Reply.of(added.size()), new Effect.PutFields(key, fields));
    }

    private Outcome remove(Bytes key, List<Bytes> names) {
        List<Bytes> gone = names.stream().distinct().filter(fields(key)::containsKey).toList();
        return gone.isEmpty()
                ? Outcome.unchanged(Reply.ZERO)
                : Outcome.of(Reply.of(gone.size()), new Effect.RemoveFields(key, gone));
    }

    private static Reply all(Map<Bytes, Bytes> fields) {
        var words = new ArrayList<Reply>(2 * fields.size());
        fields.forEach(
                (name, value) -> {
                    words.add(new Reply.Bulk(name));
                    words.add(new Reply.Bulk(value));
                });
        return new Reply.Array(words);
    }
}
