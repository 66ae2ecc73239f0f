package io.coppice.testkit.model;

import io.coppice.testkit.model.World.Arrives;
import io.coppice.testkit.model.World.BecomesKnown;
import io.coppice.testkit.model.World.Choice;
import io.coppice.testkit.model.World.Expires;
import io.coppice.testkit.model.World.Rings;
import io.coppice.testkit.model.World.Runs;
import io.coppice.testkit.model.World.Way;
import io.vavr.collection.Queue;

import java.util.ArrayList;
import java.util.List;

/** What can happen next in a world. */
final class Choices {

    private Choices() {}

    static List<Choice> of(World world) {
        var choices = new ArrayList<Choice>();
        world.underWay().forEach(way -> addArrivals(way._1, way._2, choices));
        world.procs().forEach(proc -> addOwn(proc._1, proc._2, choices));
        return choices.isEmpty() ? alarms(world.scene()) : choices;
    }

    private static void addArrivals(Way way, Queue<Signal> signals, List<Choice> choices) {
        int lastWords = signals.segmentLength(Signal::isLastWord, 0);
        for (int place = 0; place < Math.max(1, lastWords); place++) {
            choices.add(new Arrives(way.from(), way.to(), place));
        }
    }

    private static void addOwn(String who, Proc proc, List<Choice> choices) {
        if (!proc.known()) {
            choices.add(new BecomesKnown(who));
        }
        if (proc.isHasty()) {
            choices.add(new Expires(who));
        }
        if (proc.canRun()) {
            choices.add(new Runs(who));
        }
    }

    private static List<Choice> alarms(Scene scene) {
        var next = scene.nextAlarm();
        return scene.alarms()
                .filterValues(next::contains)
                .keySet()
                .toList()
                .<Choice>map(Rings::new)
                .toJavaList();
    }
}
