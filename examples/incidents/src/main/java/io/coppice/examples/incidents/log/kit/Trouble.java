package io.coppice.examples.incidents.log.kit;

import java.time.Duration;
import java.util.List;

/** What a line does to frames. */
@FunctionalInterface
public interface Trouble {

    /** Nothing. */
    Trouble NONE = (frame, number, chance) -> List.of(Duration.ZERO);

    /**
     * When copies of a frame come out at the other end: none if it is lost, two if it is doubled.
     *
     * @param number 1 for the first frame of this kind that the line carries
     * @param chance from 0 up to, but without, 1
     */
    List<Duration> copies(Frame frame, long number, double chance);

    /** Loses each {@code nth} frame with entries. */
    static Trouble losing(int nth) {
        return (frame, number, chance) ->
                frame instanceof Frame.Deliver && number % nth == 0
                        ? List.of()
                        : List.of(Duration.ZERO);
    }

    /** Loses, doubles and delays frames by lot, so that they overtake each other. */
    static Trouble everySort() {
        return (frame, number, chance) -> {
            int lot = (int) (chance * 100);
            if (lot < 15) return List.of();
            if (lot < 30) return List.of(Duration.ZERO, Duration.ofMillis(lot));
            if (lot < 60) return List.of(Duration.ofMillis(lot));
            return List.of(Duration.ZERO);
        };
    }
}
