package io.coppice.examples.kv.resp;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringRedisContent;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.InlineCommandRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.LastBulkStringRedisContent;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the words of requests together. Netty's own aggregators bound neither the whole of a request
 * nor its depth, and take memory for the elements that a header announces.
 */
final class RequestAssembler extends SimpleChannelInboundHandler<RedisMessage> {

    /** What a word takes besides its bytes, about: an array, the object around it, its place. */
    private static final int WORD_OVERHEAD = 64;

    private final RespLimits limits;
    private final RequestAccount account;

    private @Nullable List<Bytes> words; // of the request being received
    private @Nullable Word word; // the last of them, if it is not complete
    private long missingWords;
    private long completed;
    private boolean broken;

    RequestAssembler(RespLimits limits, RequestAccount account) {
        this.limits = limits;
        this.account = account;
    }

    /** Whether nothing that comes is a request any more. */
    boolean isBroken() {
        return broken;
    }

    /** How many requests have been completed so far, empty ones included. */
    long completed() {
        return completed;
    }

    boolean isBetweenRequests() {
        return words == null;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RedisMessage message) {
        if (broken) {
            return;
        }
        if (words == null) {
            begin(context, message);
        } else {
            goOn(context, words, message);
        }
    }

    private void begin(ChannelHandlerContext context, RedisMessage message) {
        switch (message) {
            case ArrayHeaderRedisMessage header when header.length() > limits.words() ->
                    fail(context, "invalid multibulk length");
            case ArrayHeaderRedisMessage header when header.length() <= 0 -> completed++;
            case ArrayHeaderRedisMessage header -> {
                missingWords = header.length();
                words = new ArrayList<>();
            }
            case InlineCommandRedisMessage line -> inline(context, line.content());
            // What the decoder takes for a reply is to a server a line like any other.
            case SimpleStringRedisMessage line -> inline(context, "+" + line.content());
            case ErrorRedisMessage line -> inline(context, "-" + line.content());
            case IntegerRedisMessage line -> inline(context, ":" + line.value());
            default -> fail(context, "expected '*', got '$'");
        }
    }

    private void goOn(ChannelHandlerContext context, List<Bytes> request, RedisMessage message) {
        switch (message) {
            case BulkStringHeaderRedisMessage header -> beginWord(context, header);
            case BulkStringRedisContent content when word != null ->
                    addContent(context, request, word, content);
            // An empty word, or none at all.
            case FullBulkStringRedisMessage whole when !whole.isNull() -> {
                if (isGranted(context, WORD_OVERHEAD)) {
                    addWord(context, request, Bytes.EMPTY);
                }
            }
            case FullBulkStringRedisMessage none -> fail(context, "invalid bulk length");
            default -> fail(context, "expected '$', got '%s'".formatted(firstByteOf(message)));
        }
    }

    private void beginWord(ChannelHandlerContext context, BulkStringHeaderRedisMessage header) {
        if (header.bulkStringLength() > limits.wordBytes()) {
            fail(context, "invalid bulk length");
            return;
        }
        var begun = new Word(header.bulkStringLength());
        if (isGranted(context, begun.capacity() + WORD_OVERHEAD)) {
            word = begun;
        }
    }

    private void addContent(
            ChannelHandlerContext context,
            List<Bytes> request,
            Word begun,
            BulkStringRedisContent content) {
        if (!isGranted(context, begun.growthFor(content.content().readableBytes()))) {
            return;
        }
        begun.add(content.content());
        if (content instanceof LastBulkStringRedisContent) {
            word = null;
            addWord(context, request, begun.bytes());
        }
    }

    private void addWord(ChannelHandlerContext context, List<Bytes> request, Bytes complete) {
        request.add(complete);
        missingWords--;
        if (missingWords == 0) {
            words = null;
            pass(context, request);
        }
    }

    private void inline(ChannelHandlerContext context, String line) {
        Optional<List<Bytes>> split = InlineWords.of(line);
        if (line.length() > limits.inlineBytes()) {
            fail(context, "too big inline request");
        } else if (line.indexOf('\uFFFD') >= 0) {
            // The decoder has lost the bytes that are not UTF-8.
            fail(context, "inline request is not UTF-8");
        } else if (split.isEmpty()) {
            fail(context, "unbalanced quotes in request");
        } else if (split.get().isEmpty()) {
            completed++;
        } else if (isHttp(split.get().get(0))) {
            fail(context, "HTTP is not spoken here");
        } else if (isGranted(context, line.length() + (long) WORD_OVERHEAD * split.get().size())) {
            pass(context, split.get());
        }
    }

    /** A web page may have made a browser send a form here whose body is a list of commands. */
    private static boolean isHttp(Bytes command) {
        return command.is("POST") || command.is("Host:");
    }

    private void pass(ChannelHandlerContext context, List<Bytes> request) {
        completed++;
        account.received();
        context.fireChannelRead(request);
    }

    private boolean isGranted(ChannelHandlerContext context, long bytes) {
        return switch (account.take(bytes)) {
            case GRANTED -> true;
            case REQUEST_TOO_LONG -> {
                fail(context, "too big request");
                yield false;
            }
            case OUT_OF_MEMORY -> {
                refuse(context, "OOM the requests of all clients take too much memory");
                yield false;
            }
        };
    }

    /** The client keeps silent in the middle of a request. */
    void stalled(ChannelHandlerContext context) {
        fail(context, "request is not completed in time");
    }

    private void fail(ChannelHandlerContext context, String what) {
        refuse(context, "ERR Protocol error: " + what);
    }

    private void refuse(ChannelHandlerContext context, String error) {
        broken = true;
        words = null;
        word = null;
        account.dropped();
        account.received(); // for it will be answered like a request
        context.fireChannelRead(new Reply.Error(error));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof DecoderException)) {
            context.fireExceptionCaught(cause);
        } else if (!broken) {
            fail(context, whatIsWrong(String.valueOf(cause.getMessage())));
        }
    }

    /** The decoder says what is wrong with the bytes; what they were to be is known here. */
    private String whatIsWrong(String message) {
        if (words != null) {
            return "invalid bulk length";
        }
        if (message.contains("(expected: <= " + limits.inlineBytes() + ")")) {
            return "too big inline request";
        }
        return message.contains("delimiter") || message.contains("IllegalArgument")
                ? "a line must end in CR LF"
                : "invalid multibulk length";
    }

    private static char firstByteOf(RedisMessage message) {
        return switch (message) {
            case ArrayHeaderRedisMessage array -> '*';
            case SimpleStringRedisMessage string -> '+';
            case ErrorRedisMessage error -> '-';
            case IntegerRedisMessage integer -> ':';
            case InlineCommandRedisMessage line when !line.content().isEmpty() ->
                    line.content().charAt(0);
            default -> ' ';
        };
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        account.close();
        context.fireChannelInactive();
    }
}
