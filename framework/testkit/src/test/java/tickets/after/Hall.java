package tickets.after;

import io.coppice.actor.Actor;
import io.coppice.actor.ReplyTo;

import java.util.ArrayList;
import java.util.List;

/** The seats of one evening, and who has bought them. */
final class Hall implements Actor<Hall.Message> {

    sealed interface Message {
        record Buy(String customer) implements Message {}

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
            case Message.Buy(var customer) when sold.size() < seats -> sold.add(customer);
            case Message.Buy(var tooLate) -> {}
            case Message.Sold(var replyTo) -> replyTo.send(List.copyOf(sold));
        }
    }
}
