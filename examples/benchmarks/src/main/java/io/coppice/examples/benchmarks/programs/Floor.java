package io.coppice.examples.benchmarks.programs;

import org.jctools.queues.unpadded.MpscLinkedUnpaddedQueue;

/** What a queue of JCTools costs, on one thread: no message can cost less than about that. */
final class Floor {

    private Floor() {}

    static long run(Run run, int messages) {
        var queue = new MpscLinkedUnpaddedQueue<Object>();
        long sum = 0;
        for (int i = 0; i < messages; i++) {
            queue.offer(new Token(i));
            sum += ((Token) queue.poll()).number;
        }
        if (sum != (long) messages * (messages - 1) / 2) {
            throw new IllegalStateException("lost something");
        }
        return messages;
    }

    private record Token(int number) {}
}
