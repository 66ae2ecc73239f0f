package io.coppice.examples.kv.resp;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a client may ask of a server.
 *
 * @param inlineBytes the longest line of an inline command
 * @param wordBytes the longest word of a request
 * @param words the most words of a request
 * @param requestBytes the longest request, all words together
 * @param allRequestsBytes how much the requests of all clients may take that are being received or
 *     are not answered
 * @param stall how long the rest of a request that was begun, or the reading of a reply, may keep
 *     the server waiting; silence between requests may last for ever
 */
public record RespLimits(
        int inlineBytes,
        int wordBytes,
        int words,
        long requestBytes,
        long allRequestsBytes,
        Duration stall) {

    /**
     * Lines of 64 KiB, words of 64 MiB (Redis: 512 MiB), 1,048,576 words, requests of 256 MiB; all
     * clients together a quarter of the heap; a minute of stalling.
     */
    public static final RespLimits DEFAULT =
            new RespLimits(
                    64 << 10,
                    64 << 20,
                    1 << 20,
                    256L << 20,
                    Runtime.getRuntime().maxMemory() / 4,
                    Duration.ofMinutes(1));

    /** Netty's decoder refuses longer words by itself. */
    private static final int LONGEST_WORD = 512 << 20;

    public RespLimits {
        positive("inline bytes", inlineBytes, LONGEST_WORD);
        positive("word bytes", wordBytes, LONGEST_WORD);
        positive("words", words, Integer.MAX_VALUE);
        positive("request bytes", requestBytes, Long.MAX_VALUE);
        positive("all requests bytes", allRequestsBytes, Long.MAX_VALUE);
        requireNonNull(stall, "stall");
        if (stall.isNegative() || stall.isZero()) {
            throw new IllegalArgumentException("stall: " + stall);
        }
    }

    private static void positive(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("%s: %d (1 to %d)".formatted(name, value, most));
        }
    }

    public RespLimits withWordBytes(int bytes) {
        return new RespLimits(inlineBytes, bytes, words, requestBytes, allRequestsBytes, stall);
    }

    public RespLimits withRequestBytes(long each, long all) {
        return new RespLimits(inlineBytes, wordBytes, words, each, all, stall);
    }

    public RespLimits withStall(Duration longest) {
        return new RespLimits(
                inlineBytes, wordBytes, words, requestBytes, allRequestsBytes, longest);
    }
}
