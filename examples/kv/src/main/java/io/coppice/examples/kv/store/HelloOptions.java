package io.coppice.examples.kv.store;

import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code HELLO [version [AUTH user password] [SETNAME name]]}. */
final class HelloOptions {

    private static final int VERSION = 2;

    private HelloOptions() {}

    static Command parse(Args args) {
        if (args.has(1)) {
            checkVersion(args.at(1).number());
        }
        Optional<Bytes> name = Optional.empty();
        for (int i = 2; i < args.size(); i += 2) {
            name = Optional.of(setName(args, i));
        }
        return new ConnectionCommand.Hello(name);
    }

    private static void checkVersion(OptionalLong version) {
        if (version.isEmpty()) {
            throw RedisError.refused("ERR Protocol version is not an integer or out of range");
        }
        if (version.getAsLong() != VERSION) {
            throw RedisError.refused("NOPROTO unsupported protocol version");
        }
    }

    private static Bytes setName(Args args, int at) {
        if (args.at(at).is("auth")) {
            throw RedisError.refused(
                    "ERR AUTH <password> called without any password configured for the default"
                            + " user. Are you sure your configuration is correct?");
        }
        if (!args.at(at).is("setname") || !args.has(at + 1)) {
            throw RedisError.refused(
                    "ERR Syntax error in HELLO option '" + args.at(at).text(128) + "'");
        }
        return ServerCommandTable.clientName(args.at(at + 1));
    }
}
