%% Runs the programs of the comparison and measures them, as the class Fork does. Run with
%%   erl -noinput -run coppice_bench main WARM_UP_SECONDS SECONDS WORKLOAD...
%% or, to do each once with so many operations,
%%   erl -noinput -run coppice_bench once SIZE WORKLOAD...
%% Prints a score for each workload, in the order of the fields of Score.
-module(coppice_bench).

-export([main/1, once/1, start_meter/0, stop_meter/0]).

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
    {Sum, Laps, _} = laps(Workload, Warm, Grows, max(1, Seconds), zero(), 0),
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
    Operations = coppice_programs:run(Workload, Size),
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
