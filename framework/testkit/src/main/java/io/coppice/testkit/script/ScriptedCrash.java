package io.coppice.testkit.script;

import io.coppice.process.ExitReason;

import org.jspecify.annotations.Nullable;

/** What a process throws that a script tells to crash; equal to another of the same name. */
public final class ScriptedCrash extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String what;

    /**
     * @param what tells one crash from another
     */
    public ScriptedCrash(String what) {
        super("scripted crash " + what, null, false, false);
        this.what = what;
    }

    /** Why a process ended that crashed with {@code what}. */
    public static ExitReason reason(String what) {
        return ExitReason.crashed(new ScriptedCrash(what));
    }

    /** Tells one crash from another. */
    public String what() {
        return what;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScriptedCrash that && what.equals(that.what);
    }

    @Override
    public int hashCode() {
        return what.hashCode();
    }
}
