package io.coppice.examples.incidents.stage;

/**
 * A bug that nothing here could have so far.
 *
 * @param id the requirement
 * @param title what goes wrong elsewhere, a sentence
 * @param needs the module that must exist first
 * @param from the requirement, and the system that it comes from if it is named
 */
public record NotYet(String id, String title, String needs, String from) {

    /** One that is named by its requirement alone. */
    public NotYet(String id, String title, String needs) {
        this(id, title, needs, id);
    }

    /** This one, coming from {@code system} as well. */
    public NotYet alsoFrom(String system) {
        return new NotYet(id, title, needs, from + "; " + system);
    }
}
