package io.coppice.examples.kv.server;

import io.coppice.actor.Name;
import io.coppice.actor.Node;

import java.util.ArrayList;
import java.util.List;

/** The tree as it is at this moment, for people. */
final class TreeView {

    private final Node node;
    private final Premises premises;

    TreeView(Node node, Premises premises) {
        this.node = node;
        this.premises = premises;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("kv");
        lines.add(line("├── ", KvTree.STORE));
        for (int number = 0; number < premises.shards(); number++) {
            boolean last = number == premises.shards() - 1;
            lines.add(line(last ? "│   └── " : "│   ├── ", Shard.name(number)));
        }
        lines.add(line("└── ", KvTree.FRONT));
        lines.add(line("    ├── ", KvTree.CONNECTIONS) + children());
        lines.add(line("    └── ", KvTree.LISTENER));
        return lines;
    }

    private String line(String branch, Name<?> name) {
        boolean up = node.registry().lookup(name).isPresent();
        long restarts = premises.census().restarts(name.value());
        return "%-24s %s %s"
                .formatted(
                        branch + name,
                        up ? "up  " : "down",
                        restarts == 0 ? "" : "restarted " + restarts + "x");
    }

    private String children() {
        return "  (%d made so far)".formatted(premises.census().starts("connection"));
    }

    /** How often anything was started again. */
    long restarts() {
        long parts = 0;
        for (int number = 0; number < premises.shards(); number++) {
            parts += premises.census().restarts(Shard.id(number));
        }
        for (var name : List.of(KvTree.STORE, KvTree.FRONT, KvTree.CONNECTIONS, KvTree.LISTENER)) {
            parts += premises.census().restarts(name.value());
        }
        return parts;
    }
}
