package io.coppice.supervision;

/** How a tree is printed. */
public enum TreeFormat {
    /** A line for each child, drawn as a tree, with what there is to know about it beside it. */
    TEXT,

    /** A flowchart of <a href="https://mermaid.js.org">Mermaid</a>, which many viewers draw. */
    MERMAID
}
