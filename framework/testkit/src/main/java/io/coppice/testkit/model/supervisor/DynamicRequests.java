package io.coppice.testkit.model.supervisor;

import io.coppice.testkit.model.supervisor.Behaviour.Sight;
import io.vavr.control.Option;

/** What is asked of a supervisor that tells its children apart by process. */
final class DynamicRequests {

    private DynamicRequests() {}

    static Course serve(Supervisor me, String caller, Request request, Sight sight) {
        return switch (request) {
            case Request.StartChild(var id, var spec) ->
                    Requests.start(me, caller, newChild(me, id, sight), sight);
            case Request.TerminateProcess(var process) ->
                    me.children()
                            .being(process)
                            .fold(
                                    () -> unknown(me, caller, process, sight),
                                    child -> Requests.terminate(me, caller, child, sight));
            case Request.TerminateChild any -> refuse(me, caller);
            case Request.RestartChild any -> refuse(me, caller);
            case Request.DeleteChild any -> refuse(me, caller);
            case Request.WhichChildren() -> Requests.answer(me, caller, which(me));
            case Request.CountChildren() -> Requests.answer(me, caller, count(me));
            case Request.GetChildSpec(var id) ->
                    me.template()
                            .filter(template -> template.id().equals(id))
                            .fold(
                                    () -> Requests.notFound(me, caller),
                                    template -> Requests.answer(me, caller, template.text()));
            case Request.Stop stop -> throw new IllegalStateException("served before: " + stop);
        };
    }

    private static Child newChild(Supervisor me, String id, Sight sight) {
        return new Child(sight.nextOf(id), id, me.template().get(), Option.none(), false);
    }

    private static Course refuse(Supervisor me, String caller) {
        return Requests.answer(me, caller, "error simple_one_for_one");
    }

    /** To end a process that has ended is no error, whoever it was. */
    private static Course unknown(Supervisor me, String caller, String process, Sight sight) {
        return sight.lives(process)
                ? Requests.notFound(me, caller)
                : Requests.answer(me, caller, "ok");
    }

    private static String which(Supervisor me) {
        return me.children().inOrder().map(Child::text).sorted().mkString("[", " ", "]");
    }

    private static String count(Supervisor me) {
        int all = me.children().inOrder().length();
        int active = me.children().inOrder().count(Child::isRunning);
        return me.template().get().type() == ChildSpec.Type.SUPERVISOR
                ? Requests.count(1, active, all, 0)
                : Requests.count(1, active, 0, all);
    }
}
