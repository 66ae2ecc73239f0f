%% The programs of the comparison as an Erlanger would write them: plain processes, selective
%% receives where they are natural, and the stock supervisor. Run with
%%   erl -noinput -run coppice_bench main WARM_UP_SECONDS SECONDS WORKLOAD...
%% or, to do each once with so many operations,
%%   erl -noinput -run coppice_bench once SIZE WORKLOAD...
%% Prints a score for each workload, in the order of the fields of Score.
-module(coppice_bench).
-behaviour(supervisor).

-export([main/1, once/1, init/1, start_child/0, start_crasher/1]).

-define(SMALLEST, 20000).
-define(LARGEST, 200000000).
-define(LONG_ENOUGH, 150000000).

main([WarmUp, Seconds | Workloads]) ->
    logger:set_primary_config(level, none),
    [measure(Workload, nanos(WarmUp), nanos(Seconds)) || Workload <- Workloads],
    halt().

once([Size | Workloads]) ->
    logger:set_primary_config(level, none),
    [score(lap(Workload, list_to_integer(Size)), 1) || Workload <- Workloads],
    halt().

nanos(Seconds) ->
    {Number, _} = string:to_float(Seconds ++ case lists:member($., Seconds) of
                                                 true -> "";
                                                 false -> ".0"
                                             end),
    round(Number * 1.0e9).

%% One run says it all of what is weighed.
measure("idle" = Workload, _WarmUp, _Seconds) ->
    score(lap(Workload, 1000000), 1);
measure(Workload, WarmUp, Seconds) ->
    {Size, Grows} = size_of(Workload),
    {_, _, Warm} = laps(Workload, Size, Grows, WarmUp, zero(), 0),
    {Sum, Laps, _} = laps(Workload, Warm, Grows, Seconds, zero(), 0),
    score(Sum, Laps).

size_of("chain-1k") -> {1000, false};
size_of("chain-100k") -> {100000, false};
size_of("chain-1m") -> {1000000, false};
size_of("star-100k") -> {100000, false};
size_of("monitors-100k") -> {100000, false};
size_of("family-" ++ _) -> {100000, false};
size_of("restarts-trace") -> {2000, true};
size_of("call-busy") -> {2000, false};
size_of(_) -> {?SMALLEST, true}.

laps(_Workload, Size, _Grows, Left, Sum, Laps) when Left =< 0 ->
    {Sum, Laps, Size};
laps(Workload, Size, Grows, Left, Sum, Laps) ->
    Start = erlang:monotonic_time(nanosecond),
    Lap = lap(Workload, Size),
    Took = erlang:monotonic_time(nanosecond) - Start,
    Next = case Grows andalso Took < ?LONG_ENOUGH andalso Size < ?LARGEST div 2 of
               true -> Size * 2;
               false -> Size
           end,
    laps(Workload, Next, Grows, Left - Took, add(Sum, Lap), Laps + 1).

%% {Operations, Nanos, CpuNanos, Waits, Retained}
zero() -> {0, 0, 0, [], 0}.

add({O1, N1, C1, W1, R1}, {O2, N2, C2, W2, R2}) ->
    {O1 + O2, N1 + N2, C1 + C2, W2 ++ W1, R1 + R2}.

score({Operations, Nanos, Cpu, Waits, Retained}, Laps) ->
    Sorted = lists:sort(Waits),
    io:format("score ~b ~b ~b 0 ~b ~b ~b ~b~n",
              [Operations, Nanos, Cpu, Laps, at(50, Sorted), at(99, Sorted), Retained]).

at(_Percent, []) -> 0;
at(Percent, Sorted) -> lists:nth(max(1, length(Sorted) * Percent div 100), Sorted).

%% In a process of its own, so that one run does not inherit the heap of another.
lap(Workload, Size) ->
    {_, Ref} = spawn_monitor(fun() -> exit({lap, lap_here(Workload, Size)}) end),
    receive
        {'DOWN', Ref, process, _, {lap, Lap}} -> Lap;
        {'DOWN', Ref, process, _, Why} -> io:format("~p~n", [Why]), halt(1)
    end.

lap_here(Workload, Size) ->
    start_meter(),
    Operations = run(Workload, Size),
    stop_meter(),
    {Nanos, Cpu} = get(cost),
    {Operations, Nanos, Cpu, waits(), retained()}.

waits() -> case get(waits) of undefined -> []; Waits -> Waits end.

retained() -> case get(retained) of undefined -> 0; Bytes -> Bytes end.

start_meter() ->
    put(meter, {erlang:monotonic_time(nanosecond), cpu()}).

stop_meter() ->
    case erase(meter) of
        undefined -> ok;
        {Nanos, Cpu} -> put(cost, {erlang:monotonic_time(nanosecond) - Nanos, cpu() - Cpu})
    end.

cpu() ->
    {Millis, _} = erlang:statistics(runtime),
    Millis * 1000000.

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
