package io.coppice.examples.kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
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
        return RespReader.read(in);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
