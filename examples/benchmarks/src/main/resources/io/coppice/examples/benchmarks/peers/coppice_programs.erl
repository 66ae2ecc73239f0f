%% The programs of the comparison as an Erlanger would write them: plain processes, selective
%% receives where they are natural, and the stock supervisor.
-module(coppice_programs).
-behaviour(supervisor).

-export([run/2, init/1, start_child/0, start_crasher/1]).

-import(coppice_bench, [start_meter/0, stop_meter/0]).

run("pingpong1", N) -> pairs(1, N);
run("pingpong64", N) -> pairs(64, N);
run("ring503", N) -> ring(503, N);
run("fanin8", N) -> fanin(8, N);
run("fanin8ack", N) -> fanin_ack(8, N, 100);
run("big256", N) -> big(256, N);
run("spawnstop", N) -> spawnstop(N);
run("fjthrput60", N) -> fjthrput(60, N);
run("chameneos100", N) -> chameneos(100, N);
run("restarts-trace", N) -> restarts_by_supervisor(N);
run("restarts", N) -> restarts_by_hand(N);
run("chain-" ++ _, N) -> chain(N);
run("star-100k", N) -> star(N);
run("monitors-100k", N) -> monitors(N);
run("family-start", N) -> family_start(N);
run("family-stop", N) -> family_stop(N);
run("call-idle", N) -> calls(fun answer/0, N);
run("call-busy", N) -> calls(fun busy/0, N);
run("idle", N) -> idle(N).

await(0, _Message) -> ok;
await(N, Message) -> receive Message -> await(N - 1, Message) end.

stop(Pids) -> [exit(Pid, kill) || Pid <- Pids].

%% pingpong

pairs(Pairs, Messages) ->
    Each = Messages div Pairs,
    Me = self(),
    Players = [begin
                   Ann = spawn(fun() -> player(Me) end),
                   Bob = spawn(fun() -> player(Me) end),
                   Ann ! {ball, Bob, Each},
                   [Ann, Bob]
               end || _ <- lists:seq(1, Pairs)],
    await(Pairs, done),
    stop(lists:append(Players)),
    Each * Pairs.

player(Referee) ->
    receive
        {ball, _From, 0} -> Referee ! done;
        {ball, From, Left} -> From ! {ball, self(), Left - 1}
    end,
    player(Referee).

%% ring

ring(Nodes, Hops) ->
    Me = self(),
    Pids = [spawn(fun() -> receive {next, Next} -> ring_node(Next, Me) end end)
            || _ <- lists:seq(1, Nodes)],
    [Pid ! {next, Next} || {Pid, Next} <- lists:zip(Pids, tl(Pids) ++ [hd(Pids)])],
    start_meter(),
    hd(Pids) ! {token, Hops},
    await(1, done),
    stop(Pids),
    Hops.

ring_node(Next, Referee) ->
    receive
        {token, 0} -> Referee ! done;
        {token, Left} -> Next ! {token, Left - 1}
    end,
    ring_node(Next, Referee).

%% fan-in

fanin(Producers, Messages) ->
    Each = Messages div Producers,
    Me = self(),
    Consumer = spawn(fun() -> consume(Each * Producers), Me ! done end),
    [spawn(fun() -> produce(Consumer, Each) end) || _ <- lists:seq(1, Producers)],
    await(1, done),
    Each * Producers.

consume(0) -> ok;
consume(N) -> receive {work, _From} -> consume(N - 1) end.

produce(_Consumer, 0) -> ok;
produce(Consumer, N) -> Consumer ! {work, self()}, produce(Consumer, N - 1).

fanin_ack(Producers, Messages, Window) ->
    Each = Messages div Producers,
    Me = self(),
    Consumer = spawn(fun() -> consume_ack(Each * Producers), Me ! done end),
    [spawn(fun() ->
               First = min(Window, Each),
               produce(Consumer, First),
               produce_acked(Consumer, Each - First)
           end) || _ <- lists:seq(1, Producers)],
    await(1, done),
    Each * Producers.

consume_ack(0) -> ok;
consume_ack(N) -> receive {work, From} -> From ! ack, consume_ack(N - 1) end.

produce_acked(_Consumer, 0) -> ok;
produce_acked(Consumer, N) ->
    receive ack -> Consumer ! {work, self()}, produce_acked(Consumer, N - 1) end.

%% big

big(Actors, Messages) ->
    Each = Messages div 2 div Actors,
    Me = self(),
    Pids = [spawn(fun() -> receive {all, All} -> gossip(All, Each, Me) end end)
            || _ <- lists:seq(1, Actors)],
    All = list_to_tuple(Pids),
    [Pid ! {all, All} || Pid <- Pids],
    [Pid ! pong || Pid <- Pids],
    await(Actors, done),
    stop(Pids),
    2 * Each * Actors.

gossip(All, Left, Referee) ->
    receive
        {ping, From} ->
            From ! pong,
            gossip(All, Left, Referee);
        pong when Left > 0 ->
            element(rand:uniform(tuple_size(All)), All) ! {ping, self()},
            gossip(All, Left - 1, Referee);
        pong ->
            Referee ! done,
            gossip(All, Left, Referee)
    end.

%% spawn and stop: a hundred are alive at once

spawnstop(Children) ->
    Wide = min(100, Children),
    [bear() || _ <- lists:seq(1, Wide)],
    spawnstop(Children - Wide, Children),
    Children.

spawnstop(_ToBear, 0) -> ok;
spawnstop(0, ToBury) -> receive work -> spawnstop(0, ToBury - 1) end;
spawnstop(ToBear, ToBury) -> receive work -> bear(), spawnstop(ToBear - 1, ToBury - 1) end.

bear() ->
    Me = self(),
    spawn(fun() -> receive Message -> Me ! Message end end) ! work.

%% fork-join throughput

fjthrput(Workers, Messages) ->
    Each = Messages div Workers,
    Me = self(),
    Pids = [spawn(fun() -> worker(Each, 37.2), Me ! done end) || _ <- lists:seq(1, Workers)],
    feed(Pids, Each),
    await(Workers, done),
    Each * Workers.

feed(_Pids, 0) -> ok;
feed(Pids, N) -> [Pid ! work || Pid <- Pids], feed(Pids, N - 1).

worker(0, Value) -> Value;
worker(N, Value) -> receive work -> worker(N - 1, math:sin(Value) * math:sin(Value)) end.

%% chameneos

chameneos(Creatures, Messages) ->
    Meetings = Messages div 4,
    Me = self(),
    Mall = spawn(fun() -> mall(Meetings), Me ! done, receive never -> ok end end),
    Pids = [spawn(fun() -> creature(Mall) end) || _ <- lists:seq(1, Creatures)],
    await(1, done),
    stop([Mall | Pids]),
    4 * Meetings.

mall(0) -> ok;
mall(Left) ->
    receive {meet, First} ->
        receive {meet, Second} ->
            First ! met,
            Second ! met,
            mall(Left - 1)
        end
    end.

creature(Mall) ->
    Mall ! {meet, self()},
    receive met -> creature(Mall) end.

%% restarts: by the stock supervisor, of a process that fails with a stack trace

restarts_by_supervisor(N) ->
    Me = self(),
    {ok, Supervisor} = supervisor:start_link(?MODULE, {crasher, Me}),
    crash_each(N),
    receive {born, Last} -> Last ! rest end,
    end_family(Supervisor),
    N.

crash_each(0) -> ok;
crash_each(N) -> receive {born, Pid} -> Pid ! crash, crash_each(N - 1) end.

start_crasher(Driver) ->
    {ok, proc_lib:spawn_link(fun() -> Driver ! {born, self()}, receive crash -> error(boom) end end)}.

%% restarts: by a loop that traps exits and spawns again

restarts_by_hand(N) ->
    Me = self(),
    Loop = spawn(fun() -> process_flag(trap_exit, true), restart(Me) end),
    crash_each(N),
    receive {born, _} -> exit(Loop, kill) end,
    N.

restart(Driver) ->
    Pid = spawn_link(fun() -> Driver ! {born, self()}, receive crash -> exit(boom) end end),
    receive {'EXIT', Pid, _} -> restart(Driver) end.

%% links and monitors

chain(Links) ->
    Head = spawn(fun idle_until_told/0),
    Last = chain(Links, Head),
    Ref = monitor(process, Last),
    start_meter(),
    Head ! fail,
    receive {'DOWN', Ref, process, _, _} -> stop_meter() end,
    Links.

chain(0, Previous) -> Previous;
chain(N, Previous) -> chain(N - 1, tied(Previous)).

tied(To) ->
    Me = self(),
    Pid = spawn(fun() -> link(To), Me ! tied, idle_until_told() end),
    receive tied -> Pid end.

idle_until_told() -> receive fail -> exit(boom); stop -> ok end.

star(Leaves) ->
    Hub = spawn(fun idle_until_told/0),
    Pids = [tied(Hub) || _ <- lists:seq(1, Leaves)],
    Refs = [monitor(process, Pid) || Pid <- Pids],
    start_meter(),
    Hub ! fail,
    downs(length(Refs)),
    stop_meter(),
    Leaves.

monitors(N) ->
    Pids = [spawn(fun idle_until_told/0) || _ <- lists:seq(1, N)],
    [monitor(process, Pid) || Pid <- Pids],
    start_meter(),
    [Pid ! stop || Pid <- Pids],
    downs(N),
    stop_meter(),
    N.

downs(0) -> ok;
downs(N) -> receive {'DOWN', _, process, _, _} -> downs(N - 1) end.

%% families

family_start(N) ->
    {ok, Supervisor} = supervisor:start_link(?MODULE, {family, N}),
    stop_meter(),
    end_family(Supervisor),
    N.

family_stop(N) ->
    {ok, Supervisor} = supervisor:start_link(?MODULE, {family, N}),
    start_meter(),
    end_family(Supervisor),
    stop_meter(),
    N.

end_family(Supervisor) ->
    unlink(Supervisor),
    Ref = monitor(process, Supervisor),
    exit(Supervisor, shutdown),
    receive {'DOWN', Ref, process, _, _} -> ok end.

start_child() ->
    {ok, proc_lib:spawn_link(fun idle_until_told/0)}.

init({family, N}) ->
    {ok, {#{strategy => one_for_one},
          [#{id => Id, start => {?MODULE, start_child, []}} || Id <- lists:seq(1, N)]}};
init({crasher, Driver}) ->
    {ok, {#{strategy => one_for_one, intensity => 100000000, period => 1},
          [#{id => crasher, start => {?MODULE, start_crasher, [Driver]},
             shutdown => brutal_kill}]}}.

%% calls

calls(Server, N) ->
    Pid = spawn(Server),
    put(waits, [call(Pid) || _ <- lists:seq(1, N)]),
    stop_meter(),
    exit(Pid, kill),
    N.

call(Pid) ->
    Asked = erlang:monotonic_time(nanosecond),
    Ref = monitor(process, Pid),
    Pid ! {ask, self(), Ref},
    receive {Ref, answer} -> demonitor(Ref, [flush]) end,
    erlang:monotonic_time(nanosecond) - Asked.

answer() ->
    receive {ask, From, Ref} -> From ! {Ref, answer} end,
    answer().

busy() -> self() ! work, busy_loop().

busy_loop() ->
    receive
        work -> self() ! work;
        {ask, From, Ref} -> From ! {Ref, answer}
    end,
    busy_loop().

%% what idle processes weigh

idle(N) ->
    erlang:garbage_collect(),
    Before = erlang:memory(total),
    Pids = [spawn(fun idle_until_told/0) || _ <- lists:seq(1, N)],
    put(retained, erlang:memory(total) - Before - 16 * length(Pids)),
    stop_meter(),
    N.
