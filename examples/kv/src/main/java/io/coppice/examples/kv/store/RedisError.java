package io.coppice.examples.kv.store;

import java.util.List;

/**
 * A request that cannot be met through no fault of this program. Its message is the error line the
 * client is sent, in the words of Redis 7.
 *
 * <p>It has no stack trace: it is an answer, not a crash.
 */
public final class RedisError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RedisError(String message) {
        super(message, null, false, false);
    }

    public Reply reply() {
        return new Reply.Error(String.valueOf(getMessage()));
    }

    static RedisError syntax() {
        return new RedisError("ERR syntax error");
    }

    static RedisError notAnInteger() {
        return new RedisError("ERR value is not an integer or out of range");
    }

    static RedisError notPositive() {
        return new RedisError("ERR value is out of range, must be positive");
    }

    static RedisError wrongType() {
        return new RedisError("WRONGTYPE Operation against a key holding the wrong kind of value");
    }

    static RedisError wouldOverflow() {
        return new RedisError("ERR increment or decrement would overflow");
    }

    static RedisError decrementWouldOverflow() {
        return new RedisError("ERR decrement would overflow");
    }

    static RedisError stringTooLong() {
        return new RedisError("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    }

    static RedisError patternTooLong(int length) {
        return new RedisError(
                "ERR pattern of " + length + " bytes is longer than " + Glob.LONGEST_PATTERN);
    }

    static RedisError invalidCursor() {
        return new RedisError("ERR invalid cursor");
    }

    static RedisError invalidExpireTime(String command) {
        return new RedisError("ERR invalid expire time in '" + command + "' command");
    }

    /** A well-formed request that is refused for a reason of its own. */
    static RedisError refused(String message) {
        return new RedisError(message);
    }

    /**
     * @param command in lower case; a subcommand as {@code client|setname}
     */
    static RedisError wrongArity(String command) {
        return new RedisError("ERR wrong number of arguments for '" + command + "' command");
    }

    static RedisError unknownSubcommand(String command, Bytes subcommand) {
        return new RedisError(
                "ERR unknown subcommand '%s'. Try %s HELP."
                        .formatted(subcommand.text(128), command));
    }

    /** Quotes the arguments as Redis does, until about 128 bytes are quoted. */
    static RedisError unknownCommand(List<Bytes> request) {
        var args = new StringBuilder();
        for (int i = 1; i < request.size() && args.length() < 128; i++) {
            args.append("'%s' ".formatted(request.get(i).text(128 - args.length())));
        }
        return new RedisError(
                "ERR unknown command '%s', with args beginning with: %s"
                        .formatted(request.get(0).text(128), args));
    }
}
