package io.coppice.supervision;

import java.util.List;
import java.util.stream.Collectors;

/** A supervision tree contradicts itself: all contradictions of the tree in one error. */
public final class TreeError extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    TreeError(String tree, List<Problem> problems) {
        super(
                problems.stream()
                        .map(problem -> "\n  " + problem.message())
                        .collect(Collectors.joining("", "tree " + tree + ":", "")));
        this.problems = List.copyOf(problems);
    }

    /** In the order in which OTP looks for them; OTP would report the first alone. */
    public List<Problem> problems() {
        return problems;
    }
}
