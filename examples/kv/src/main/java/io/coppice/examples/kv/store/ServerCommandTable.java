package io.coppice.examples.kv.store;

import static io.coppice.examples.kv.store.CommandSpec.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands on the connection and the server. */
final class ServerCommandTable {

    static final List<CommandSpec> SPECS =
            List.of(
                    server("ping", -1, "Get an answer", ServerCommandTable::ping),
                    server("echo", 2, "Get it back", ServerCommandTable::echo),
                    server("select", 2, "Choose the database 0", ServerCommandTable::select),
                    server("quit", -1, "Close", args -> new ConnectionCommand.Quit()),
                    server("reset", 1, "Forget the name", args -> new ConnectionCommand.Reset()),
                    server("hello", -1, "Agree on the protocol", HelloOptions::parse),
                    server("client", -2, "About connections", ServerCommandTable::client),
                    server("command", -1, "About commands", ServerCommandTable::command),
                    server("config", -2, "About settings", ServerCommandTable::config),
                    server("info", -1, "About the server", ServerCommandTable::info));

    /** The words of each subcommand of {@code CLIENT}, as an arity. */
    private static final Map<String, Integer> CLIENT_ARITIES =
            Map.of(
                    "id",
                    2,
                    "getname",
                    2,
                    "info",
                    2,
                    "list",
                    2,
                    "setname",
                    3,
                    "setinfo",
                    4,
                    "no-evict",
                    3,
                    "no-touch",
                    3);

    private ServerCommandTable() {}

    private static Command ping(Args args) {
        if (args.size() > 2) {
            throw RedisError.wrongArity(args.name());
        }
        return new ConnectionCommand.Ping(args.has(1) ? Optional.of(args.at(1)) : Optional.empty());
    }

    private static Command echo(Args args) {
        return new ConnectionCommand.Echo(args.at(1));
    }

    private static Command select(Args args) {
        if (args.number(1) != 0) {
            throw RedisError.refused("ERR DB index is out of range");
        }
        return new ConnectionCommand.Select();
    }

    private static Command info(Args args) {
        return new ConnectionCommand.Info(args.from(1));
    }

    private static Command client(Args args) {
        String subcommand = Commands.lowerCase(args.at(1));
        Integer arity = CLIENT_ARITIES.get(subcommand);
        if (arity != null && arity != args.size()) {
            throw RedisError.wrongArity("client|" + subcommand);
        }
        return switch (subcommand) {
            case "id" -> new ConnectionCommand.ClientId();
            case "getname" -> new ConnectionCommand.ClientGetName();
            case "info" -> new ConnectionCommand.ClientInfo();
            case "list" -> list(args);
            case "setname" -> new ConnectionCommand.ClientSetName(clientName(args.at(2)));
            case "setinfo" -> setInfo(args);
            case "no-evict", "no-touch" -> onOrOff(args);
            default -> throw RedisError.unknownSubcommand("CLIENT", args.at(1));
        };
    }

    private static Command list(Args args) {
        if (args.size() > 2) {
            throw RedisError.syntax();
        }
        return new ConnectionCommand.ClientList();
    }

    /**
     * @return the name
     * @throws RedisError if it has other bytes than visible ASCII, which would break a list of
     *     clients
     */
    static Bytes clientName(Bytes name) {
        if (!isVisible(name)) {
            throw RedisError.refused(
                    "ERR Client names cannot contain spaces, newlines or special characters.");
        }
        return name;
    }

    private static Command setInfo(Args args) {
        String attribute = Commands.lowerCase(args.at(2));
        if (!attribute.equals("lib-name") && !attribute.equals("lib-ver")) {
            throw RedisError.refused("ERR Unrecognized option '" + args.at(2).text(128) + "'");
        }
        if (!isVisible(args.at(3))) {
            throw RedisError.refused(
                    "ERR %s cannot contain spaces, newlines or special characters."
                            .formatted(attribute));
        }
        return new ConnectionCommand.ClientIgnored();
    }

    private static Command onOrOff(Args args) {
        if (!args.at(2).is("on") && !args.at(2).is("off")) {
            throw RedisError.syntax();
        }
        return new ConnectionCommand.ClientIgnored();
    }

    private static boolean isVisible(Bytes text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.at(i) < '!' || text.at(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static Command command(Args args) {
        if (args.size() == 1) {
            return new ConnectionCommand.CommandInfo(List.of());
        }
        return switch (Commands.lowerCase(args.at(1))) {
            case "count" -> count(args);
            case "list" -> new ConnectionCommand.CommandList();
            case "info" -> new ConnectionCommand.CommandInfo(args.from(2));
            case "docs" -> new ConnectionCommand.CommandDocs(args.from(2));
            default -> throw RedisError.unknownSubcommand("COMMAND", args.at(1));
        };
    }

    private static Command count(Args args) {
        if (args.size() > 2) {
            throw RedisError.wrongArity("command|count");
        }
        return new ConnectionCommand.CommandCount();
    }

    private static Command config(Args args) {
        String subcommand = Commands.lowerCase(args.at(1));
        if (subcommand.equals("set")) {
            throw RedisError.refused("ERR settings cannot be changed while the server runs");
        }
        if (!subcommand.equals("get")) {
            throw RedisError.unknownSubcommand("CONFIG", args.at(1));
        }
        if (args.size() < 3) {
            throw RedisError.wrongArity("config|get");
        }
        return new ConnectionCommand.ConfigGet(
                args.from(2).stream()
                        .map(pattern -> Glob.of(Bytes.of(Commands.lowerCase(pattern))))
                        .toList());
    }
}
