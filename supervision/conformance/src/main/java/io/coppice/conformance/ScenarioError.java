package io.coppice.conformance;

/** A scenario cannot be run; the message says where and why. */
final class ScenarioError extends RuntimeException {

    private static final long serialVersionUID = 1;

    ScenarioError(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}
