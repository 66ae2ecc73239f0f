package io.coppice.examples.incidents;

import java.util.List;

/** Runs incidents. {@code list} names them, {@code run NAME...} runs some, nothing runs all. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        var program = new Program(Catalogue.INCIDENTS, System.out, System.err);
        System.exit(program.run(List.of(arguments)));
    }
}
