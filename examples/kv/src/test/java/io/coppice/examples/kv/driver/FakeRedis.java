package io.coppice.examples.kv.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A small server that is right, or wrong in one exact way, as often as is wanted. */
final class FakeRedis implements AutoCloseable {

    /** Longer than the clients of a test have patience, and shorter than the test has. */
    static final int STALL_MILLIS = 150;

    private static final Set<String> READS =
            Set.of(
                    "GET",
                    "STRLEN",
                    "LRANGE",
                    "HGET",
                    "HGETALL",
                    "SMEMBERS",
                    "MGET",
                    "EXISTS",
                    "TTL");

    private static final String UNKNOWN = "-UNKNOWN the shard died on it\r\n";

    private static final String HELLO = "*2\r\n$5\r\nproto\r\n:2\r\n";

    /** What is done to a connection after a reply. */
    private record Reaction(String reply, boolean drop) {
        static Reaction reply(String reply) {
            return new Reaction(reply, false);
        }

        static Reaction drop(String lastWords) {
            return new Reaction(lastWords, true);
        }
    }

    private volatile ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Fault, Integer> oneIn;
    private final SplittableRandom random;

    // All below is guarded by the lock of this server, which makes it one process.
    private final FakeStore store = new FakeStore();
    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
    private final Map<String, FakeStore.Backup> before = new HashMap<>();
    private final Deque<FakeStore.Backup> journal = new ArrayDeque<>();
    private final List<List<String>> late = new ArrayList<>();

    /**
     * @param oneIn how rare each fault is: one in so many requests it can happen to
     */
    FakeRedis(Map<Fault, Integer> oneIn, long seed) throws IOException {
        this.oneIn = Map.copyOf(oneIn);
        random = new SplittableRandom(seed);
        listener = listen();
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", listener.getLocalPort());
    }

    synchronized int happened(Fault fault) {
        return happened.getOrDefault(fault, 0);
    }

    /** Dies, and comes back at another address without the last writes, acknowledged or not. */
    synchronized void restart(int writesForgotten) throws IOException {
        listener.close();
        for (Socket connection : connections) connection.close();
        for (int i = 0; i < writesForgotten; i++) store.restore(journal.removeLast());
        listener = listen();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket connection : connections) connection.close();
    }

    private ServerSocket listen() throws IOException {
        var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket connection = socket.accept();
                connections.add(connection);
                if (socket.isClosed() || strikes(Fault.DROP_ON_ACCEPT)) connection.close();
                else Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException end) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            var own = new HashSet<String>();
            var held = "";
            var out = new ByteArrayOutputStream();
            for (List<String> words = read(in); !words.isEmpty(); words = read(in)) {
                if (words.getFirst().equals("HELLO")) {
                    connection.getOutputStream().write(HELLO.getBytes(ISO_8859_1));
                    continue;
                }
                Reaction reaction = react(words, own);
                boolean more = in.available() > 0;
                if (more && held.isEmpty() && !reaction.drop && strikes(Fault.SWAP_ANSWERS)) {
                    held = reaction.reply;
                    continue;
                }
                out.write((reaction.reply + held).getBytes(ISO_8859_1));
                held = "";
                if (!more || reaction.drop) {
                    connection.getOutputStream().write(out.toByteArray());
                    out.reset();
                }
                if (reaction.drop) return;
            }
        } catch (IOException | InterruptedException end) {
            // gone
        } finally {
            connections.remove(connection);
        }
    }

    private Reaction react(List<String> words, Set<String> own) throws InterruptedException {
        if (strikes(Fault.STALL_BEFORE)) stall();
        Reaction reaction = reactAtOnce(words, own);
        if (strikes(Fault.STALL_AFTER)) stall();
        return reaction;
    }

    private void stall() throws InterruptedException {
        if (closed.await(STALL_MILLIS, TimeUnit.MILLISECONDS)) throw new InterruptedException();
    }

    private synchronized Reaction reactAtOnce(List<String> words, Set<String> own) {
        if (late.size() > 1 || !late.isEmpty() && random.nextInt(100) == 0) {
            store.execute(late.removeFirst());
        }
        if (!READS.contains(words.getFirst())) {
            own.addAll(keys(words));
            return write(words);
        }
        return read(words, own);
    }

    private Reaction read(List<String> words, Set<String> own) {
        if (strikes(Fault.REFUSE)) return Reaction.reply("-TRYAGAIN the shard is starting\r\n");
        if (strikes(Fault.UNKNOWN_BEFORE)) return Reaction.reply(UNKNOWN);
        if (strikes(Fault.DROP_BEFORE)) return Reaction.drop("");
        if (strikes(Fault.FAIL_FOR_NO_REASON)) return Reaction.reply("-ERR internal error\r\n");
        if (strikes(Fault.ANSWER_AS_BEFORE)) return Reaction.reply(asBefore(words));
        if (!own.containsAll(keys(words)) && strikes(Fault.ANSWER_OTHERS_AS_BEFORE)) {
            return Reaction.reply(asBefore(words));
        }
        return answered(store.execute(words));
    }

    private Reaction write(List<String> words) {
        List<String> keys = keys(words);
        keys.forEach(key -> before.put(key, store.backup(key)));
        keys.forEach(key -> journal.addLast(before.get(key)));
        while (journal.size() > 1000) journal.removeFirst();

        if (strikes(Fault.REFUSE)) return Reaction.reply("-TRYAGAIN the shard is starting\r\n");
        if (strikes(Fault.UNKNOWN_BEFORE)) return Reaction.reply(UNKNOWN);
        if (strikes(Fault.DROP_BEFORE)) return Reaction.drop("");
        if (strikes(Fault.APPLY_AFTER_UNKNOWN)) {
            late.add(words);
            return Reaction.reply(UNKNOWN);
        }
        if (strikes(Fault.APPLY_AFTER_DROP)) {
            late.add(words);
            return Reaction.drop("");
        }

        String reply = store.execute(words);
        if (strikes(Fault.UNKNOWN_AFTER)) return Reaction.reply(UNKNOWN);
        if (strikes(Fault.DROP_AFTER)) return Reaction.drop("");
        if (strikes(Fault.LOSE_A_WRITE)) keys.forEach(key -> store.restore(before.get(key)));
        if (strikes(Fault.LOSE_A_TIME_TO_LIVE)) keys.forEach(store::persist);
        if (strikes(Fault.APPLY_TWICE)) store.execute(words);
        if (strikes(Fault.REFUSE_BUT_APPLY)) return Reaction.reply("-TRYAGAIN later\r\n");
        if (strikes(Fault.FAIL_FOR_NO_REASON)) return Reaction.reply("-ERR internal error\r\n");
        if (keys.size() > 1 && strikes(Fault.LOSE_PART_OF_A_WRITE)) {
            store.restore(before.get(keys.getLast()));
        }
        if (keys.size() > 1 && strikes(Fault.UNKNOWN_HALFWAY)) {
            store.restore(before.get(keys.getLast()));
            return Reaction.reply(UNKNOWN);
        }
        if (strikes(Fault.APPLY_TWICE_AND_SAY_UNKNOWN)) {
            store.execute(words);
            return Reaction.reply(UNKNOWN);
        }
        return answered(reply);
    }

    private Reaction answered(String reply) {
        if (strikes(Fault.DROP_INSIDE_AN_ANSWER)) {
            return Reaction.drop(reply.substring(0, reply.length() / 2));
        }
        if (strikes(Fault.ANSWER_TWICE)) return Reaction.reply(reply + reply);
        if (strikes(Fault.LEAVE_THE_PROTOCOL)) return Reaction.reply("?" + reply);
        if (reply.startsWith(":") && strikes(Fault.COUNT_ONE_TOO_MANY)) {
            long number = Long.parseLong(reply.substring(1, reply.length() - 2));
            return Reaction.reply(":" + (number + 1) + "\r\n");
        }
        return Reaction.reply(reply);
    }

    /** The answer from before the last write to each of the keys. */
    private String asBefore(List<String> words) {
        var now = keys(words).stream().map(store::backup).toList();
        keys(words).stream().map(before::get).filter(b -> b != null).forEach(store::restore);
        String reply = store.execute(words);
        now.forEach(store::restore);
        return reply;
    }

    private synchronized boolean strikes(Fault fault) {
        int rarity = oneIn.getOrDefault(fault, 0);
        if (rarity == 0 || random.nextInt(rarity) > 0) return false;
        happened.merge(fault, 1, Integer::sum);
        return true;
    }

    private static List<String> keys(List<String> words) {
        return switch (words.getFirst()) {
            case "MSET" ->
                    IntStream.range(0, words.size() / 2)
                            .mapToObj(i -> words.get(2 * i + 1))
                            .toList();
            case "DEL", "EXISTS", "MGET" -> words.subList(1, words.size());
            default -> words.subList(1, 2);
        };
    }

    /** One request, or nothing at the end of the stream. */
    private static List<String> read(InputStream in) throws IOException {
        int first = in.read();
        if (first != '*') return List.of();
        int words = Integer.parseInt(line(in));
        var request = new ArrayList<String>(words);
        for (int i = 0; i < words; i++) {
            int length = Integer.parseInt(line(in).substring(1));
            request.add(new String(in.readNBytes(length), ISO_8859_1));
            in.readNBytes(2);
        }
        return request;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) line.append((char) c);
        return line.toString().strip();
    }
}
