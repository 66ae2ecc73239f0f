package io.coppice.examples.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A string of bytes: a key, a value or an argument. It never changes, and equals another with the
 * same bytes.
 *
 * <p>It may share its array with a longer string that begins with the same bytes, so that appending
 * to a value does not copy all of it.
 */
public final class Bytes implements Comparable<Bytes> {

    public static final Bytes EMPTY = new Bytes(new byte[0], 0);

    /** The longest decimal a signed 64-bit number takes, sign included. */
    private static final int LONGEST_NUMBER = 20;

    private final byte[] array;
    private final int length;
    private int hash; // 0 until first asked for; racing threads compute the same

    private Bytes(byte[] array, int length) {
        this.array = array;
        this.length = length;
    }

    /**
     * Takes an array over without copying.
     *
     * @param array which the caller must not change any more
     */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array, array.length);
    }

    /** Takes over the first {@code length} bytes of an array, which may only be added to. */
    static Bytes prefix(byte[] array, int length) {
        return new Bytes(array, length);
    }

    public static Bytes of(String text) {
        return wrap(text.getBytes(UTF_8));
    }

    public static Bytes of(long number) {
        return of(Long.toString(number));
    }

    public int length() {
        return length;
    }

    public byte at(int index) {
        return array[index];
    }

    /** A read-only view of the bytes {@code from} (inclusive) to {@code to} (exclusive). */
    public ByteBuffer slice(int from, int to) {
        return ByteBuffer.wrap(array, from, to - from).slice().asReadOnlyBuffer();
    }

    public byte[] toArray() {
        return Arrays.copyOf(array, length);
    }

    /** Copies all bytes into {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(array, 0, target, offset, length);
    }

    /** The text, where bytes that are not UTF-8 become U+FFFD: for messages, never for data. */
    public String text() {
        return new String(array, 0, length, UTF_8);
    }

    /** As {@link #text}, of the first {@code limit} bytes at most. */
    public String text(int limit) {
        return new String(array, 0, Math.min(length, limit), UTF_8);
    }

    /** Whether this is the given ASCII word in any mixture of cases. */
    public boolean is(String word) {
        return length == word.length() && text().equalsIgnoreCase(word);
    }

    /**
     * The number these bytes are, if they are the one way Redis writes it: no blanks, no plus sign,
     * no leading zeros, no minus zero, and within 64 bits.
     *
     * @see <a href="https://github.com/redis/redis/blob/7.0/src/util.c">{@code string2ll}</a>
     */
    public OptionalLong number() {
        if (length == 0 || length > LONGEST_NUMBER) {
            return OptionalLong.empty();
        }
        boolean negative = array[0] == '-';
        int first = negative ? 1 : 0;
        if (length == 1 && array[0] == '0') {
            return OptionalLong.of(0);
        }
        if (length == first || array[first] < '1' || array[first] > '9') {
            return OptionalLong.empty();
        }
        // Summed downwards, for the lowest number has no positive twin.
        long sum = 0;
        for (int i = first; i < length; i++) {
            int digit = array[i] - '0';
            if (digit < 0 || digit > 9 || sum < (Long.MIN_VALUE + digit) / 10) {
                return OptionalLong.empty();
            }
            sum = sum * 10 - digit;
        }
        if (negative) {
            return OptionalLong.of(sum);
        }
        return sum == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(-sum);
    }

    /**
     * A well mixed 64-bit hash, the same in every JVM and release: shards and scan cursors, both of
     * which outlive a process, are derived from it.
     */
    public long stableHash() {
        long h = 0xcbf29ce484222325L; // FNV-1a, then the finaliser of MurmurHash3
        for (int i = 0; i < length; i++) {
            h = (h ^ (array[i] & 0xff)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, 0, length, that.array, 0, that.length);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            long h = stableHash();
            hash = (int) (h ^ (h >>> 32));
        }
        return hash;
    }

    /** Orders by unsigned bytes. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, 0, length, other.array, 0, other.length);
    }

    @Override
    public String toString() {
        return text();
    }
}
