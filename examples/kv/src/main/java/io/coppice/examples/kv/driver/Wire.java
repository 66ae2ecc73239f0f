package io.coppice.examples.kv.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection to the server. It never sends anything twice, and once it is broken it stays so.
 */
final class Wire implements AutoCloseable {

    private final InetSocketAddress server;
    private final Connection connection;
    private boolean broken;

    private Wire(InetSocketAddress server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param patience how long to wait for the connection, and later for each answer
     * @return empty if nobody answers there
     */
    static Optional<Wire> to(InetSocketAddress server, Duration patience) {
        var at = new HostAndPort(server.getHostString(), server.getPort());
        var config =
                DefaultJedisClientConfig.builder()
                        .resp2()
                        .autoNegotiateProtocol(false)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .timeoutMillis(Math.toIntExact(patience.toMillis()))
                        .build();
        try {
            return Optional.of(new Wire(server, new Connection(at, config)));
        } catch (JedisConnectionException | JedisDataException nobody) {
            return Optional.empty();
        }
    }

    boolean leadsTo(InetSocketAddress address) {
        return server.equals(address);
    }

    boolean isBroken() {
        return broken;
    }

    /** Sends all of {@code batch} before it waits for the first answer. */
    List<Outcome> exchange(List<Request> batch) {
        var outcomes = new ArrayList<Outcome>(batch.size());
        long sentNanos = System.nanoTime();
        try {
            batch.forEach(this::send);
            while (outcomes.size() < batch.size()) outcomes.add(receive(sentNanos));
        } catch (JedisConnectionException failure) {
            endWith(without(failure), outcomes, batch.size());
        } catch (RuntimeException unreadable) {
            endWith(new Outcome.Garbled(unreadable.toString()), outcomes, batch.size());
        }
        if (broken) close();
        return outcomes;
    }

    @Override
    public void close() {
        broken = true;
        try {
            connection.close();
        } catch (JedisConnectionException alreadyGone) {
            // What could not be flushed is of no interest any more.
        }
    }

    private void send(Request request) {
        List<String> words = request.words();
        byte[] command = words.getFirst().getBytes(ISO_8859_1);
        connection.sendCommand(
                () -> command,
                words.stream()
                        .skip(1)
                        .map(word -> word.getBytes(ISO_8859_1))
                        .toArray(byte[][]::new));
    }

    private Outcome receive(long sentNanos) {
        Answer answer;
        try {
            answer = answer(connection.getOne());
        } catch (JedisDataException error) {
            answer = new Answer.Error(String.valueOf(error.getMessage()));
        }
        return Outcome.of(answer, System.nanoTime() - sentNanos);
    }

    /** The rest of the batch was not answered, and perhaps not even sent. */
    private void endWith(Outcome last, List<Outcome> outcomes, int size) {
        broken = true;
        outcomes.add(last);
        var others = last instanceof Outcome.TimedOut ? last : new Outcome.CutOff();
        while (outcomes.size() < size) outcomes.add(others);
    }

    private static Outcome without(JedisConnectionException failure) {
        if (failure.getCause() instanceof SocketTimeoutException) return new Outcome.TimedOut();
        String text = String.valueOf(failure.getMessage());
        boolean garbled = text.startsWith("Unknown reply") || text.startsWith("Unexpected char");
        return garbled ? new Outcome.Garbled(text) : new Outcome.CutOff();
    }

    private static Answer answer(@Nullable Object reply) {
        return switch (reply) {
            case null -> Answer.NIL;
            case byte[] bytes -> new Answer.Text(new String(bytes, ISO_8859_1));
            case Long number -> new Answer.Number(number);
            case List<?> elements -> new Answer.Array(elements.stream().map(Wire::answer).toList());
            case JedisDataException error -> new Answer.Error(String.valueOf(error.getMessage()));
            default -> throw new IllegalStateException("reply of " + reply.getClass());
        };
    }
}
