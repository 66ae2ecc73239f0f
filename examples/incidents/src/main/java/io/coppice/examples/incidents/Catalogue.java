package io.coppice.examples.incidents;

import io.coppice.examples.incidents.lanes.DeadLane;
import io.coppice.examples.incidents.lanes.DoubleLane;
import io.coppice.examples.incidents.lanes.FloodStarvesOthers;
import io.coppice.examples.incidents.lanes.HeadOfLine;
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
import io.coppice.examples.incidents.shutdown.FirstErrorEndsTheStop;
import io.coppice.examples.incidents.shutdown.LaggingControl;
import io.coppice.examples.incidents.shutdown.OrphanedGrandchildren;
import io.coppice.examples.incidents.shutdown.StuckAtTheEnd;
import io.coppice.examples.incidents.shutdown.TrueReasonLost;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.NotYet;
import io.coppice.examples.incidents.startup.AcceptedAndLost;
import io.coppice.examples.incidents.startup.DetachedDrain;
import io.coppice.examples.incidents.startup.HangInInit;
import io.coppice.examples.incidents.startup.MessageBeforeInit;
import io.coppice.examples.incidents.supervisors.BudgetOfAll;
import io.coppice.examples.incidents.supervisors.DiesBeforeItIsWatched;
import io.coppice.examples.incidents.supervisors.DriftingCounter;
import io.coppice.examples.incidents.supervisors.DynamicChildForgotten;
import io.coppice.examples.incidents.supervisors.GivesUpOnTheDead;
import io.coppice.examples.incidents.supervisors.MaskedStartError;
import io.coppice.examples.incidents.supervisors.MonitorWithoutTrap;
import io.coppice.examples.incidents.supervisors.PanicInTheLoop;
import io.coppice.examples.incidents.supervisors.RestartAfterNormal;
import io.coppice.examples.incidents.supervisors.RestartOneByOne;
import io.coppice.examples.incidents.supervisors.StaleHandle;
import io.coppice.examples.incidents.supervisors.SuccessorBesideIt;

import java.util.List;

/** All incidents, in the order in which they are told. */
final class Catalogue {

    static final List<Incident> INCIDENTS =
            List.of(
                    new MessageBeforeInit(),
                    new HangInInit(),
                    new DetachedDrain(),
                    new AcceptedAndLost(),
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
                    new NameOfTheDead(),
                    new DiesBeforeItIsWatched(),
                    new MonitorWithoutTrap(),
                    new PanicInTheLoop(),
                    new RestartAfterNormal(),
                    new RestartOneByOne(),
                    new SuccessorBesideIt(),
                    new GivesUpOnTheDead(),
                    new BudgetOfAll(),
                    new DynamicChildForgotten(),
                    new DriftingCounter(),
                    new MaskedStartError(),
                    new StaleHandle(),
                    new StuckAtTheEnd(),
                    new OrphanedGrandchildren(),
                    new TrueReasonLost(),
                    new FirstErrorEndsTheStop(),
                    new LaggingControl(),
                    new DeadLane(),
                    new DoubleLane(),
                    new HeadOfLine(),
                    new FloodStarvesOthers());

    static final List<NotYet> NOT_YET = List.of();

    private Catalogue() {}
}
