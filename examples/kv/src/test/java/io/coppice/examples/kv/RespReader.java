package io.coppice.examples.kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;

/** Reads replies, and takes nothing for one that is not. */
public final class RespReader {

    private RespReader() {}

    public static Reply read(InputStream in) throws IOException {
        String line = line(in);
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> new Reply.Simple(rest);
            case '-' -> new Reply.Error(rest);
            case ':' -> Reply.of(Long.parseLong(rest));
            case '$' -> rest.equals("-1") ? Reply.NIL : bulk(in, Integer.parseInt(rest));
            case '*' -> rest.equals("-1") ? Reply.NIL_ARRAY : array(in, Integer.parseInt(rest));
            default -> throw new IOException("no reply begins like this: " + line);
        };
    }

    private static Reply bulk(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || !line(in).isEmpty()) {
            throw new IOException("bulk string does not end where it should");
        }
        return new Reply.Bulk(Bytes.wrap(bytes));
    }

    private static Reply array(InputStream in, int size) throws IOException {
        var elements = new ArrayList<Reply>();
        for (int i = 0; i < size; i++) {
            elements.add(read(in));
        }
        return new Reply.Array(elements);
    }

    private static String line(InputStream in) throws IOException {
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
}
