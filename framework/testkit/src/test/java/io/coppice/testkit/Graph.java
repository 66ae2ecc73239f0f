package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A few processes that link, unlink, watch, name and end each other at random, and what must hold
 * when all is quiet, whatever the order was.
 */
final class Graph {

    private static final int PROCESSES = 4;
    private static final int STEPS = 8;
    private static final Name<Object> CROWN = Name.of("crown");

    /** What one process is told to do to another. */
    enum Act {
        LINK,
        UNLINK,
        MONITOR,
        TRAP,
        EXIT,
        EXIT_NORMALLY,
        KILL,
        STOP,
        SPAWN_LINKED,
        CROWN
    }

    /** {@code who} does one thing to {@code whom} and another to {@code whomNext}, in one go. */
    record Step(int who, Act act, int whom, Act next, int whomNext) {}

    private final List<ActorRef<Object>> processes = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    /** How many exits the second of two processes may hear of the first. */
    private final Map<List<Pid>, Integer> hearable = new HashMap<>();

    private Graph() {}

    private void mayHear(Pid from, Pid at) {
        hearable.merge(List.of(from, at), 1, Integer::sum);
    }

    static void all_agree_when_it_is_quiet(Simulation simulation) {
        var graph = new Graph();
        var script = simulation.script(Graph::steps);
        for (int i = 0; i < PROCESSES; i++) {
            ActorFactory<Object> member = graph::member;
            var options = SpawnOptions.defaults().withLabel("p" + i);
            graph.processes.add(simulation.node().spawn(member, options));
        }
        script.forEach(step -> graph.processes.get(step.who()).send(step));
        simulation.settle();
        simulation.calm();
        graph.check(simulation);
    }

    private static List<Step> steps(RandomGenerator chance) {
        var acts = Act.values();
        var steps = new ArrayList<Step>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(
                    new Step(
                            chance.nextInt(PROCESSES),
                            acts[chance.nextInt(acts.length)],
                            chance.nextInt(PROCESSES),
                            acts[chance.nextInt(acts.length)],
                            chance.nextInt(PROCESSES)));
        }
        return steps;
    }

    private Member member(Context<Object> context) {
        var member = new Member(context);
        members.add(member);
        return member;
    }

    private final class Member implements Actor<Object> {
        private final Context<Object> context;
        private final Map<Pid, Integer> watched = new HashMap<>();
        private final Map<Pid, Integer> downs = new HashMap<>();
        private final Map<Pid, Integer> exits = new HashMap<>();
        private boolean traps;

        Member(Context<Object> context) {
            this.context = context;
            context.parent().ifPresent(parent -> mayHear(parent, context.self().pid()));
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Step step -> {
                    act(step.act(), processes.get(step.whom()).pid());
                    act(step.next(), processes.get(step.whomNext()).pid());
                }
                case Down down -> count(downs, down.monitor().pid().orElseThrow());
                case Exited exited -> count(exits, exited.from());
                default -> {}
            }
        }

        private void act(Act act, Pid whom) {
            switch (act) {
                case LINK -> link(whom);
                case UNLINK -> context.unlink(whom);
                case MONITOR -> {
                    count(watched, whom);
                    context.monitor(whom, down -> down);
                }
                case TRAP -> {
                    traps = true;
                    context.trapExits(exited -> exited);
                }
                case EXIT -> {
                    mayHear(context.self().pid(), whom);
                    context.exit(whom, ExitReason.custom("asked"));
                }
                case EXIT_NORMALLY -> {
                    mayHear(context.self().pid(), whom);
                    context.exit(whom, ExitReason.NORMAL);
                }
                case KILL -> context.kill(whom);
                case STOP -> context.stop(ExitReason.custom("stop"));
                case SPAWN_LINKED -> {
                    ActorFactory<Object> child = Graph.this::member;
                    var born = context.spawnLinked(child);
                    mayHear(born.pid(), context.self().pid());
                }
                case CROWN -> crown();
            }
        }

        private void link(Pid whom) {
            try {
                mayHear(whom, context.self().pid());
                mayHear(context.self().pid(), whom);
                context.link(whom);
            } catch (NoSuchProcess gone) {
                // It had ended before.
            }
        }

        private void crown() {
            try {
                context.node().registry().register(CROWN, context.self());
            } catch (IllegalArgumentException taken) {
                // Somebody has it, perhaps this one.
            }
        }

        private static void count(Map<Pid, Integer> counts, Pid whom) {
            counts.merge(whom, 1, Integer::sum);
        }
    }

    // When all is quiet

    private void check(Simulation simulation) {
        var node = simulation.node();
        Set<Pid> alive = new HashSet<>();
        Map<Pid, Set<Pid>> links = new HashMap<>();
        for (var member : members) {
            var pid = member.context.self().pid();
            node.info(pid)
                    .ifPresent(
                            info -> {
                                alive.add(pid);
                                links.put(pid, info.links());
                            });
        }
        links.forEach(
                (pid, peers) ->
                        peers.forEach(
                                peer -> {
                                    assertThat(alive).as("links of " + pid).contains(peer);
                                    assertThat(links.get(peer)).as("of " + peer).contains(pid);
                                }));
        members.stream()
                .filter(member -> alive.contains(member.context.self().pid()))
                .forEach(member -> checkNews(member, alive));
        node.registry()
                .lookup(CROWN)
                .ifPresent(king -> assertThat(alive).as("the crowned").contains(king.pid()));
        assertThat(node.fates().isBalanced()).as("every message has its fate").isTrue();
        assertThat(node.processes()).isEqualTo(alive.size());
    }

    private void checkNews(Member member, Set<Pid> alive) {
        var self = member.context.self().pid();
        member.watched.forEach(
                (whom, times) -> {
                    int due = alive.contains(whom) || whom == self ? 0 : times;
                    assertThat(member.downs.getOrDefault(whom, 0))
                            .as("downs of " + whom + " at " + self)
                            .isEqualTo(due);
                });
        member.exits.forEach(
                (from, heard) ->
                        assertThat(heard)
                                .as("exits of " + from + " at " + self)
                                .isLessThanOrEqualTo(
                                        hearable.getOrDefault(List.of(from, self), 0)));
        if (!member.traps) {
            assertThat(member.exits).as("exits at " + self + ", which traps none").isEmpty();
        }
    }
}
