package io.coppice.internal.link;

import io.coppice.internal.link.Links.Active;
import io.coppice.internal.link.Links.Link;
import io.coppice.internal.link.Links.Unlinking;
import io.coppice.internal.table.Table;
import io.coppice.process.Pid;

/** The rules of {@link Links} as an object, so that a test can break one of them. */
class LinkRules {

    private final String name;

    LinkRules(String name) {
        this.name = name;
    }

    Table<Pid, Link> linkAsked(Table<Pid, Link> links, Pid peer) {
        return Links.linkAsked(links, peer);
    }

    Table<Pid, Link> unlinkAsked(Table<Pid, Link> links, Pid peer, long id) {
        return Links.unlinkAsked(links, peer, id);
    }

    Table<Pid, Link> linkReceived(Table<Pid, Link> links, Pid peer, boolean wanted) {
        return Links.linkReceived(links, peer, wanted);
    }

    Table<Pid, Link> unlinkReceived(Table<Pid, Link> links, Pid peer) {
        return Links.unlinkReceived(links, peer);
    }

    Table<Pid, Link> ackReceived(Table<Pid, Link> links, Pid peer, long id, boolean wanted) {
        return Links.ackReceived(links, peer, id, wanted);
    }

    Table<Pid, Link> exitReceived(Table<Pid, Link> links, Pid peer) {
        return Links.exitReceived(links, peer);
    }

    @Override
    public String toString() {
        return name;
    }

    static final LinkRules REAL = new LinkRules("the rules");

    static final LinkRules ANY_LINK_ACTIVATES =
            new LinkRules("activate on any incoming link") {
                @Override
                Table<Pid, Link> linkReceived(Table<Pid, Link> links, Pid peer, boolean wanted) {
                    return links.with(peer, new Active());
                }
            };

    static final LinkRules UNWANTED_LINK_ACTIVATES =
            new LinkRules("do not ask whether an incoming link is still wanted") {
                @Override
                Table<Pid, Link> linkReceived(Table<Pid, Link> links, Pid peer, boolean wanted) {
                    return Links.linkReceived(links, peer, true);
                }
            };

    static final LinkRules ANY_ACK_FORGETS =
            new LinkRules("ignore the id of an acknowledgement") {
                @Override
                Table<Pid, Link> ackReceived(
                        Table<Pid, Link> links, Pid peer, long id, boolean wanted) {
                    return wanted ? links.with(peer, new Active()) : links.without(peer);
                }
            };

    static final LinkRules ACK_ALWAYS_FORGETS =
            new LinkRules("do not ask whether the peer has linked again") {
                @Override
                Table<Pid, Link> ackReceived(
                        Table<Pid, Link> links, Pid peer, long id, boolean wanted) {
                    return Links.ackReceived(links, peer, id, false);
                }
            };

    static final LinkRules ANY_UNLINK_FORGETS =
            new LinkRules("forget on any unlink") {
                @Override
                Table<Pid, Link> unlinkReceived(Table<Pid, Link> links, Pid peer) {
                    return links.without(peer);
                }
            };

    static final LinkRules UNLINK_IN_ONE_STEP =
            new LinkRules("unlink in one step") {
                @Override
                Table<Pid, Link> unlinkAsked(Table<Pid, Link> links, Pid peer, long id) {
                    return links.without(peer);
                }
            };

    static final LinkRules EXIT_LEAVES_THE_LINK =
            new LinkRules("leave the link when its exit is heard") {
                @Override
                Table<Pid, Link> exitReceived(Table<Pid, Link> links, Pid peer) {
                    return links;
                }
            };

    static final LinkRules RELINK_WAITS_FOR_THE_ACK =
            new LinkRules("no new link while unlinking") {
                @Override
                Table<Pid, Link> linkAsked(Table<Pid, Link> links, Pid peer) {
                    return links.get(peer) instanceof Unlinking
                            ? links
                            : Links.linkAsked(links, peer);
                }
            };
}
