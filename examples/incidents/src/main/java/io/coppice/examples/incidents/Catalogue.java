package io.coppice.examples.incidents;

import io.coppice.examples.incidents.lanes.DeadLane;
import io.coppice.examples.incidents.lanes.DoubleLane;
import io.coppice.examples.incidents.lanes.FloodStarvesOthers;
import io.coppice.examples.incidents.lanes.HeadOfLine;
import io.coppice.examples.incidents.links.CallToTheKilled;
import io.coppice.examples.incidents.links.ChildOfADeadParent;
import io.coppice.examples.incidents.links.DeathNoticeEvicted;
import io.coppice.examples.incidents.links.ExitAfterUnlink;
import io.coppice.examples.incidents.links.FirstCauseLost;
import io.coppice.examples.incidents.links.HalfALink;
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
import io.coppice.examples.incidents.log.AllReadAtOnce;
import io.coppice.examples.incidents.log.AnnouncedBeforeWritten;
import io.coppice.examples.incidents.log.DefaultForGarbage;
import io.coppice.examples.incidents.log.ErrorToldToThePeer;
import io.coppice.examples.incidents.log.GapAccepted;
import io.coppice.examples.incidents.log.GhostOfAGeneration;
import io.coppice.examples.incidents.log.IndexOverflows;
import io.coppice.examples.incidents.log.KeptForEver;
import io.coppice.examples.incidents.log.LostPeerUnfenced;
import io.coppice.examples.incidents.log.LostPublish;
import io.coppice.examples.incidents.log.MissedWhileSubscribing;
import io.coppice.examples.incidents.log.NeverAcknowledged;
import io.coppice.examples.incidents.log.NobodyCounts;
import io.coppice.examples.incidents.log.PublishBeforeStore;
import io.coppice.examples.incidents.log.TwoConnections;
import io.coppice.examples.incidents.log.VersionGuessed;
import io.coppice.examples.incidents.shutdown.DrainOfTenMillis;
import io.coppice.examples.incidents.shutdown.FirstErrorEndsTheStop;
import io.coppice.examples.incidents.shutdown.HalfDoneChain;
import io.coppice.examples.incidents.shutdown.LaggingControl;
import io.coppice.examples.incidents.shutdown.OrphanedGrandchildren;
import io.coppice.examples.incidents.shutdown.SlipsInWhileClosing;
import io.coppice.examples.incidents.shutdown.StoppedByMany;
import io.coppice.examples.incidents.shutdown.StuckAtTheEnd;
import io.coppice.examples.incidents.shutdown.TrueReasonLost;
import io.coppice.examples.incidents.shutdown.UnreadAtTheEnd;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.NotYet;
import io.coppice.examples.incidents.startup.AcceptedAndLost;
import io.coppice.examples.incidents.startup.BurstEndsTheBridge;
import io.coppice.examples.incidents.startup.DetachedDrain;
import io.coppice.examples.incidents.startup.FullLooksClosed;
import io.coppice.examples.incidents.startup.GateErrorSwallowed;
import io.coppice.examples.incidents.startup.GateNotRearmed;
import io.coppice.examples.incidents.startup.HangInInit;
import io.coppice.examples.incidents.startup.MessageBeforeInit;
import io.coppice.examples.incidents.startup.OverflowFailsTheSender;
import io.coppice.examples.incidents.startup.SourceBeforeItsDependency;
import io.coppice.examples.incidents.startup.StartOnATinyMailbox;
import io.coppice.examples.incidents.supervisors.BudgetOfAll;
import io.coppice.examples.incidents.supervisors.DiesBeforeItIsWatched;
import io.coppice.examples.incidents.supervisors.DriftingCounter;
import io.coppice.examples.incidents.supervisors.DynamicChildForgotten;
import io.coppice.examples.incidents.supervisors.GivesUpOnTheDead;
import io.coppice.examples.incidents.supervisors.MaskedStartError;
import io.coppice.examples.incidents.supervisors.MessagesLostInARestart;
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
                    new SourceBeforeItsDependency(),
                    new GateErrorSwallowed(),
                    new GateNotRearmed(),
                    new HangInInit(),
                    new DetachedDrain(),
                    new FullLooksClosed(),
                    new AcceptedAndLost(),
                    new BurstEndsTheBridge(),
                    new OverflowFailsTheSender(),
                    new StartOnATinyMailbox(),
                    new LinkThenCheck(),
                    new HalfALink(),
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
                    new DeathNoticeEvicted(),
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
                    new MessagesLostInARestart(),
                    new DrainOfTenMillis(),
                    new SlipsInWhileClosing(),
                    new HalfDoneChain(),
                    new UnreadAtTheEnd(),
                    new StuckAtTheEnd(),
                    new OrphanedGrandchildren(),
                    new TrueReasonLost(),
                    new FirstErrorEndsTheStop(),
                    new StoppedByMany(),
                    new LaggingControl(),
                    new DeadLane(),
                    new DoubleLane(),
                    new HeadOfLine(),
                    new FloodStarvesOthers(),
                    new PublishBeforeStore(),
                    new KeptForEver(),
                    new LostPublish(),
                    new MissedWhileSubscribing(),
                    new GapAccepted(),
                    new GhostOfAGeneration(),
                    new NeverAcknowledged(),
                    new TwoConnections(),
                    new DefaultForGarbage(),
                    new VersionGuessed(),
                    new AnnouncedBeforeWritten(),
                    new IndexOverflows(),
                    new AllReadAtOnce(),
                    new ErrorToldToThePeer(),
                    new LostPeerUnfenced(),
                    new NobodyCounts());

    private static final String CLUSTER = "cluster";

    /** What a registry of several nodes must show, once there is one. */
    static final List<NotYet> NOT_YET =
            List.of(
                    new NotYet("G1", "Anybody may write anybody's key", CLUSTER),
                    new NotYet("G2", "An entry is visible before its origin is known", CLUSTER)
                            .alsoFrom("smg: visible without origin, remove TOCTOU"),
                    new NotYet("G3", "A foreign delete of an owned key spreads", CLUSTER),
                    new NotYet("G4", "Imports are published again, for ever", CLUSTER),
                    new NotYet("G5", "A stale notification brings back what was removed", CLUSTER),
                    new NotYet("G6", "A dropped notification is never made up for", CLUSTER),
                    new NotYet("G7", "A resync rewrites what has not changed", CLUSTER),
                    new NotYet("G8", "A deleted key comes back after a long partition", CLUSTER)
                            .alsoFrom("smg: time-based tombstone GC"),
                    new NotYet("G9", "A full log forgets deletions first", CLUSTER),
                    new NotYet("G10", "The keys of a dead node stay for ever", CLUSTER),
                    new NotYet("G11", "A restart leaves the old id behind", CLUSTER),
                    new NotYet("G12", "Remote health overrides a local failure", CLUSTER),
                    new NotYet("G13", "A field is lost on the wire, and defaulted", CLUSTER),
                    new NotYet("G14", "A secret is gossiped", CLUSTER),
                    new NotYet("G15", "The loser of a name conflict is restarted into it", CLUSTER)
                            .alsoFrom("horde#186"),
                    new NotYet("G16", "Equal times of two replicas hide one write", CLUSTER),
                    new NotYet("G17", "A reconcile copies all values to look at keys", CLUSTER));

    private Catalogue() {}
}
