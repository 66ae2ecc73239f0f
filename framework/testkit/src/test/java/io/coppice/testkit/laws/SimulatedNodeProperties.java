package io.coppice.testkit.laws;

/** The laws, on a node whose schedule is drawn: each script under some of them. */
class SimulatedNodeProperties extends SimulatedLinkLaws {}
