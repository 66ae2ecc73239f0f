package tickets.before;

import io.coppice.actor.Actor;
import io.coppice.actor.ReplyTo;

import java.util.ArrayList;
import java.util.List;

/** The seats of one evening, and who has bought them. */
final class Hall implements Actor<Hall.Message> {

    sealed interface Message {
        record Left(ReplyTo<Integer> replyTo) implements Message {}

        record Sell(String customer) implements Message {}

        record Sold(ReplyTo<List<String>> replyTo) implements Message {}
    }

    private final int seats;
    private final List<String> sold = new ArrayList<>();

    Hall(int seats) {
        this.seats = seats;
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Left(var replyTo) -> replyTo.send(seats - sold.size());
            case Message.Sell(var customer) -> sold.add(customer);
            case Message.Sold(var replyTo) -> replyTo.send(List.copyOf(sold));
        }
    }
}
