package io.coppice.examples.incidents;

import io.coppice.examples.incidents.links.CallToTheKilled;
import io.coppice.examples.incidents.links.ChildOfADeadParent;
import io.coppice.examples.incidents.links.ExitAfterUnlink;
import io.coppice.examples.incidents.links.FirstCauseLost;
import io.coppice.examples.incidents.links.IdleNeverNotices;
import io.coppice.examples.incidents.links.KillThatSpreads;
import io.coppice.examples.incidents.links.KillThatWaits;
import io.coppice.examples.incidents.links.LinkThenCheck;
import io.coppice.examples.incidents.links.LinkToTheDead;
import io.coppice.examples.incidents.links.NameOfTheDead;
import io.coppice.examples.incidents.links.NormalDoesNotStop;
import io.coppice.examples.incidents.links.ReasonReadTooEarly;
import io.coppice.examples.incidents.links.SpawnThenLink;
import io.coppice.examples.incidents.links.StopBehindTheFlood;
import io.coppice.examples.incidents.links.TwoWriters;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.NotYet;

import java.util.List;

/** All incidents, in the order in which they are told. */
final class Catalogue {

    static final List<Incident> INCIDENTS =
            List.of(
                    new LinkThenCheck(),
                    new ReasonReadTooEarly(),
                    new LinkToTheDead(),
                    new SpawnThenLink(),
                    new ChildOfADeadParent(),
                    new ExitAfterUnlink(),
                    new FirstCauseLost(),
                    new KillThatWaits(),
                    new KillThatSpreads(),
                    new TwoWriters(),
                    new NormalDoesNotStop(),
                    new IdleNeverNotices(),
                    new StopBehindTheFlood(),
                    new CallToTheKilled(),
                    new NameOfTheDead());

    static final List<NotYet> NOT_YET = List.of();

    private Catalogue() {}
}
