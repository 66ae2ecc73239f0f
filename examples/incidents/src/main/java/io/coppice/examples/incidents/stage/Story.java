package io.coppice.examples.incidents.stage;

/**
 * What is told of an incident.
 *
 * @param id by which it is run, in small letters and hyphens
 * @param title what goes wrong, a sentence
 * @param from the requirement, and the system or the report that it comes from
 * @param elsewhere why it goes wrong there
 * @param here why it does not here
 */
public record Story(String id, String title, String from, String elsewhere, String here) {

    /** A story without a text so far. */
    public static Story of(String id, String title) {
        return new Story(id, title, "", "", "");
    }

    /** This story, coming from {@code from}. */
    public Story from(String from) {
        return new Story(id, title, from, elsewhere, here);
    }

    /** This story with what happens elsewhere. */
    public Story elsewhere(String elsewhere) {
        return new Story(id, title, from, elsewhere, here);
    }

    /** This story with what happens here. */
    public Story here(String here) {
        return new Story(id, title, from, elsewhere, here);
    }
}
