package io.coppice.examples.kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that hides nothing: it tells all kinds of replies apart and can send any bytes. */
public final class RespClient implements Closeable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    public RespClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public Reply ask(List<Bytes> words) throws IOException {
        send(words);
        return read();
    }

    public Reply ask(String... words) throws IOException {
        return ask(List.of(words).stream().map(Bytes::of).toList());
    }

    public void send(List<Bytes> words) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.size() + "\r\n").getBytes(ISO_8859_1));
        for (var word : words) {
            out.writeBytes(("$" + word.length() + "\r\n").getBytes(ISO_8859_1));
            out.writeBytes(word.toArray());
            out.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        socket.getOutputStream().write(out.toByteArray());
    }

    /** Sends the bytes of Latin-1 text as they are. */
    public void sendRaw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether the server has closed the connection, which is waited for. */
    public boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    public Reply read() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> new Reply.Simple(rest);
            case '-' -> new Reply.Error(rest);
            case ':' -> Reply.of(Long.parseLong(rest));
            case '$' -> rest.equals("-1") ? Reply.NIL : bulk(Integer.parseInt(rest));
            case '*' -> rest.equals("-1") ? Reply.NIL_ARRAY : array(Integer.parseInt(rest));
            default -> throw new IOException("no reply begins like this: " + line);
        };
    }

    private Reply bulk(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || !line().isEmpty()) {
            throw new IOException("bulk string does not end where it should");
        }
        return new Reply.Bulk(Bytes.wrap(bytes));
    }

    private Reply array(int size) throws IOException {
        var elements = new ArrayList<Reply>();
        for (int i = 0; i < size; i++) {
            elements.add(read());
        }
        return new Reply.Array(elements);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed in the middle of a reply");
            }
            line.write(c);
        }
        String text = line.toString(ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("line does not end in CR LF: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
