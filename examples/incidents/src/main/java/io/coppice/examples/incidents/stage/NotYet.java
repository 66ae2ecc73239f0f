package io.coppice.examples.incidents.stage;

/**
 * A bug that nothing here could have so far.
 *
 * @param id the requirement
 * @param title what goes wrong elsewhere, a sentence
 * @param needs the module that must exist first
 */
public record NotYet(String id, String title, String needs) {}
