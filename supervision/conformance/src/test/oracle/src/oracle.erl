%% Differential oracle: runs scenario files on the real Erlang/OTP runtime.
%% See SCENARIO.md for the language.  Own code; depends on OTP only.
-module(oracle).
-behaviour(supervisor).
-export([main/0, init/1, start_entity/1, start_dyn/2, worker_init/4, actor_start/3]).

-define(WAIT, 60000).

%%% ------------------------------------------------------------------ main

main() ->
    logger:set_primary_config(level, none),
    %% no code loading while a scenario runs: it would look like quiescence
    [code:ensure_loaded(list_to_atom(M)) || {M, F, false} <- code:all_available(), is_list(F),
        string:find(F, "/stdlib-") =/= nomatch orelse string:find(F, "/kernel-") =/= nomatch],
    Args = init:get_plain_arguments(),
    {Opts, Files} = opts(Args, #{repeat => 1, write => false, check => false}),
    Base = processes(),
    Self = self(),
    {Pid, Mon} = spawn_monitor(fun() -> run_all(Files, Opts, [Self | Base]) end),
    receive {'DOWN', Mon, process, Pid, {done, Code}} -> halt(Code);
            {'DOWN', Mon, process, Pid, Other} ->
                io:format(standard_error, "oracle crashed: ~p~n", [Other]), halt(3)
    end.

opts(["--write" | T], O) -> opts(T, O#{write := true});
opts(["--check" | T], O) -> opts(T, O#{check := true});
opts(["--repeat", N | T], O) -> opts(T, O#{repeat := list_to_integer(N)});
opts(Files, O) -> {O, Files}.

run_all(Files, #{repeat := Rep} = O, Base0) ->
    Base = ordsets:from_list([self() | Base0]),
    put(smp, erlang:system_info(schedulers_online) > 1),
    Bad = lists:sum([run_file(F, Rep, O, Base) || F <- Files]),
    exit({done, if Bad > 0 -> 1; true -> 0 end}).

run_file(F, Rep, O, Base) ->
    {ok, Bin} = file:read_file(F),
    Lines = [L || L <- [clean(L) || L <- string:split(binary_to_list(Bin), "\n", all)], L =/= []],
    Trace = try run(Lines, Base) catch C:E:S -> die(F, C, E, S) end,
    Same = lists:all(fun(K) ->
                T2 = run(Lines, Base),
                T2 =:= Trace orelse begin
                    io:format(standard_error, "NONDETERMINISTIC ~s (run ~p)~n", [F, K]),
                    diff(Trace, T2), false end
             end, lists:seq(2, Rep)),
    TF = filename:rootname(F) ++ ".trace",
    Ok = case O of
        #{write := true} -> false = get(smp), ok = file:write_file(TF, Trace), true;
        #{check := true} ->
            case case file:read_file(TF) of
                     {ok, X} -> {ok, case get(smp) of true -> norm(X); _ -> X end};
                     X -> X end of
                {ok, Trace} -> true;
                {ok, Exp} -> io:format(standard_error, "MISMATCH ~s~n", [F]), diff(Exp, Trace), false;
                _ -> io:format(standard_error, "NO TRACE ~s~n", [F]), false
            end;
        _ when Rep > 1 -> true;
        _ -> io:put_chars(Trace), true
    end,
    case Same andalso Ok of true -> 0; false -> 1 end.

diff(A, B) ->
    LA = string:split(binary_to_list(A), "\n", all), LB = string:split(binary_to_list(B), "\n", all),
    diff1(LA, LB, 1, "").
diff1([H | T], [H | U], N, Cmd) -> diff1(T, U, N + 1, case H of "> " ++ _ -> H; _ -> Cmd end);
diff1(A, B, N, Cmd) ->
    io:format(standard_error, "  line ~p after ~s~n    expected ~p~n    got      ~p~n",
              [N, Cmd, lists:sublist(A, 3), lists:sublist(B, 3)]).

die(F, C, E, S) ->
    io:format(standard_error, "ERROR in ~s: ~p:~p~n~p~n", [F, C, E, S]), halt(2).

clean(L) ->
    L1 = case string:split(L, "#", leading) of
             _ -> strip_comment(L, [])
         end,
    string:join(string:lexemes(L1, " \t\r"), " ").
%% a comment starts with '#' at line start or after white space (a#2 is a name)
strip_comment([], A) -> lists:reverse(A);
strip_comment("#" ++ _, []) -> [];
strip_comment([$# | _], [C | _] = A) when C =:= $\s; C =:= $\t -> lists:reverse(A);
strip_comment([C | T], A) -> strip_comment(T, [C | A]).

%%% ------------------------------------------------------------------ one run

-record(d, {rec, root, base, prev = #{}, pend = [], npend = 0, grouped = false, out = []}).

%% With several schedulers the recorder may learn of two exits in the other order than the supervisor
%% did; then the "!" lines of a step are compared as a sorted list (only for race hunting).
run(Lines, Base0) ->
    T = run1(Lines, Base0),
    case get(smp) of true -> norm(T); _ -> T end.
norm(T) ->
    iolist_to_binary(lists:join("\n", norm1(string:split(binary_to_list(T), "\n", all), []))).
norm1(["! " ++ _ = L | R], A) -> norm1(R, [L | A]);
norm1([L | R], A) -> lists:sort(A) ++ [L | norm1(R, [])];
norm1([], A) -> lists:sort(A).

run1(Lines, Base0) ->
    Driver = self(),
    Rec = spawn(fun() -> rec_init(Driver) end),
    register(oracle_rec, Rec),
    Root = spawn(?MODULE, actor_start, ["root", none, [trap]]),
    D0 = #d{rec = Rec, root = Root, base = ordsets:add_element(Rec, Base0)},
    quiesce(D0),
    _ = rcall(take),
    {_, D1} = snapshot(D0, rcall(info)),
    D = lists:foldl(fun step/2, D1, Lines),
    cleanup(D),
    iolist_to_binary([lists:reverse(D#d.out), "END\n"]).

cleanup(D) ->
    Ps = [P || P <- processes(), not ordsets:is_element(P, D#d.base)] ++ [D#d.rec],
    [kill_wait(P) || P <- Ps],
    case [P || P <- processes(), not ordsets:is_element(P, D#d.base)] of
        [] -> ok; _ -> cleanup(D) end,
    flush().
kill_wait(P) -> M = monitor(process, P), exit(P, kill), receive {'DOWN', M, _, _, _} -> ok end.
flush() -> receive _ -> flush() after 0 -> ok end.

step(Line, D) ->
    Toks = string:lexemes(Line, " "),
    {Res, D1} = try exec(Toks, Line, D) catch throw:unknown -> {{now, "unknown"}, D} end,
    D2 = case Res of
        silent -> D1;
        _ -> quiesce(D1), D1
    end,
    {ResText, D3} = result(Res, D2),
    {PendText, D4} = pendings(D3),
    {Body, D5} = observe(D4),
    D5#d{out = [[["> ", Line, "\n"], ResText, PendText, Body] | D5#d.out]}.

%% --- result kinds: silent | {now, Text} | {wait, Ref, ActorPid|none, Fixed}
result(silent, D) -> {[], D};
result({now, T}, D) -> {["= ", T, "\n"], D};
result({wait, Ref, Pid, Fixed}, D) ->
    receive
        {Ref, R} -> {["= ", fmt_results(R, Fixed), "\n"], D}
    after 0 ->
        case is_pid(Pid) andalso is_process_alive(Pid) of
            false -> {["= ", fmt_results(exited, Fixed), "\n"], D};
            true ->
                N = D#d.npend + 1,
                {["= pending ", integer_to_list(N), "\n"],
                 D#d{npend = N, pend = D#d.pend ++ [{N, Ref, Pid, Fixed}]}}
        end
    end.

pendings(D) ->
    {Txt, Keep} = lists:foldl(fun({N, Ref, Pid, Fixed} = P, {T, K}) ->
        receive {Ref, R} -> {[T, "~", integer_to_list(N), " = ", fmt_results(R, Fixed), "\n"], K}
        after 0 ->
            case is_process_alive(Pid) of
                true -> {T, K ++ [P]};
                false -> {[T, "~", integer_to_list(N), " = ", fmt_results(exited, Fixed), "\n"], K}
            end
        end end, {[], []}, D#d.pend),
    {Txt, D#d{pend = Keep}}.

%% Fixed: list (per sub command) of 'fixed_ok' | 'real'
fmt_results(exited, Fixed) ->
    lists:join(", ", [case X of fixed_ok -> "ok"; real -> "exited" end || X <- Fixed]);
fmt_results({seq, Rs, ended}, Fixed) ->
    lists:join(", ", [case X of fixed_ok -> "ok"; real -> R end || {R, X} <- lists:zip(Rs, Fixed)]);
fmt_results({one, R}, [fixed_ok]) when is_list(R) -> "ok";
fmt_results({one, R}, _) -> R.

%%% ------------------------------------------------------------------ commands

exec(["option" | Kvs], _, D) ->
    {silent, D#d{grouped = case Kvs of ["order=child"] -> child; ["order=grouped"] -> true end}};
exec(["sleep", Ms], _, D) ->
    timer:sleep(list_to_integer(Ms)), {{now, "ok"}, D};
exec(["supervisor", S | Kvs], _, D) ->
    A = kvs(Kvs),
    rcall({def_sup, S, A}),
    {silent, case D#d.grouped =:= false andalso maps:get("strategy", A, "") =:= "simple_one_for_one" of
                 true -> D#d{grouped = true}; false -> D end};
exec(["child", S, Id | Kvs], _, D) ->
    rcall({def_child, S, Id, kvs(Kvs)}), {silent, D};
exec(["register", N, A], _, D) ->
    {{now, try register(reg(N), pid(A)) of true -> "ok" catch error:E -> "error " ++ text(E) end}, D};
exec(["unregister", N], _, D) ->
    {{now, try unregister(reg(N)) of true -> "ok" catch error:E -> "error " ++ text(E) end}, D};
exec(["whereis", N], _, D) ->
    {{now, case whereis(reg(N)) of undefined -> "undefined"; P -> name(P, rcall(info)) end}, D};
exec(["alive", A], _, D) ->
    {{now, atom_to_list(is_process_alive(pid(A)))}, D};
exec(["release", Id], _, D) ->
    rcall({release, Id}), {{now, "ok"}, D};
exec(["start_child", S, Id | Kvs], _, D) ->
    case rcall({sup_strategy, S}) of
        "simple_one_for_one" ->
            rcall({def_dyn, S, Id, kvs(Kvs)}),
            mgmt(S, fun(P) -> supervisor:start_child(P, [Id]) end, D);
        _ ->
            A = rcall({def_child_only, Id, kvs(Kvs)}),
            mgmt(S, fun(P) -> supervisor:start_child(P, child_spec(Id, A)) end, D)
    end;
exec(["terminate_child", S, "pid:" ++ N], _, D) ->
    Pid = pid(N), mgmt(S, fun(P) -> supervisor:terminate_child(P, Pid) end, D);
exec(["terminate_child", S, Id], _, D) ->
    mgmt(S, fun(P) -> supervisor:terminate_child(P, list_to_atom(Id)) end, D);
exec(["restart_child", S, Id], _, D) ->
    mgmt(S, fun(P) -> supervisor:restart_child(P, list_to_atom(Id)) end, D);
exec(["delete_child", S, Id], _, D) ->
    mgmt(S, fun(P) -> supervisor:delete_child(P, list_to_atom(Id)) end, D);
exec(["get_childspec", S, Id], _, D) ->
    mgmt(S, fun(P) -> case supervisor:get_childspec(P, list_to_atom(Id)) of
                          {ok, C} -> {spec, C}; E -> E end end, D);
exec(["which_children", S], _, D) ->
    mgmt(S, fun(P) -> {which, supervisor:which_children(P)} end, D);
exec(["count_children", S], _, D) ->
    mgmt(S, fun(P) -> {count, supervisor:count_children(P)} end, D);
exec(["stop_sup", S, R], _, D) ->
    mgmt(S, fun(P) -> gen_server:stop(P, reason(R), infinity) end, D);
exec(["seq" | _], "seq " ++ Rest, D) ->
    Subs = [string:lexemes(C, " ") || C <- string:split(Rest, " ; ", all)],
    Parsed = [acmd(C) || C <- Subs],
    New = [Q || {_, {spawn, Q, _}, _} <- Parsed],
    [lists:member(N, New) orelse throw(unknown) || {_, C, _} <- Parsed, is_tuple(C), {lookup, N} <- tuple_to_list(C)],
    [Actor] = lists:usort([A || {A, _, _} <- Parsed]),
    ctl(Actor, [C || {_, C, _} <- Parsed], [F || {_, _, F} <- Parsed], D);
exec(Toks, _, D) ->
    {A, C, F} = acmd(Toks),
    [throw(unknown) || is_tuple(C), {lookup, _} <- tuple_to_list(C)],
    ctl(A, [C], [F], D).

ctl(A, Cmds, Fixed, D) ->
    Pid = pid(A),
    case is_process_alive(Pid) of
        false -> {{now, "dead"}, D};
        true ->
            Ref = make_ref(),
            Pid ! {ctl, self(), Ref, Cmds},
            {{wait, Ref, Pid, Fixed}, D}
    end.

mgmt(S, Fun, D) ->
    Driver = self(), Ref = make_ref(),
    Target = pid(S),
    P = spawn(fun() ->
            R = try Fun(Target) catch exit:{noproc, _} -> {error, noproc};
                                      exit:noproc -> {error, noproc};
                                      exit:{X, {gen_server, _, _}} -> {error, X};
                                      exit:{X, {sys, _, _}} -> {error, X};
                                      exit:X -> {error, X} end,
            Driver ! {Ref, {one, mgmt_text(R)}},
            ok end),
    {{wait, Ref, P, [real]}, D}.

mgmt_text(ok) -> "ok";
mgmt_text({ok, undefined}) -> "ok undefined";
mgmt_text({ok, P}) -> "ok " ++ name(P, rcall(info));
mgmt_text({ok, P, I}) -> "ok " ++ name(P, rcall(info)) ++ " info:" ++ text(I);
mgmt_text({error, {already_started, P}}) -> "error already_started:" ++ name(P, rcall(info));
mgmt_text({error, {What, Child}}) when is_tuple(Child), element(1, Child) =:= child, tuple_size(Child) > 5 ->
    "error " ++ text(What);
mgmt_text({error, E}) -> "error " ++ text(E);
mgmt_text({which, L}) ->
    I = rcall(info),
    T = [case X of
             {undefined, P, _, _} when is_pid(P) -> name(P, I);
             {undefined, restarting, _, _} -> "restarting";
             {Id, P, _, _} when is_pid(P) -> atom_to_list(Id) ++ "=" ++ name(P, I);
             {Id, S, _, _} -> atom_to_list(Id) ++ "=" ++ atom_to_list(S)
         end || X <- L],
    T2 = case L of [{undefined, _, _, _} | _] -> lists:sort(T); _ -> T end,
    lists:flatten(["[", lists:join(" ", T2), "]"]);
mgmt_text({count, L}) ->
    lists:flatten(lists:join(" ", [[atom_to_list(K), "=", integer_to_list(proplists:get_value(K, L))]
                                   || K <- [specs, active, supervisors, workers]]));
mgmt_text({spec, C}) ->
    lists:flatten(lists:join(" ", [[atom_to_list(K), "=", text(maps:get(K, C))]
                                   || K <- [restart, shutdown, significant, type]])).

%% actor commands: {ActorName, Cmd, fixed_ok|real}
acmd(["spawn", Q | Rest]) ->
    {P, Opts} = spawn_opts(Rest, "root", []),
    {P, {spawn, Q, Opts}, fixed_ok};
acmd(["link", A, B]) -> {A, {link, tgt(B)}, real};
acmd(["unlink", A, B | O]) -> {A, {unlink, tgt(B), O =:= ["flush"]}, real};
acmd(["monitor", A, B, "as", M]) -> {A, {monitor, tgt(B), M}, real};
acmd(["demonitor", A, M | O]) -> {A, {demonitor, M, [list_to_atom(X) || X <- O]}, real};
acmd(["trap", A, "on"]) -> {A, {trap, true}, real};
acmd(["trap", A, "off"]) -> {A, {trap, false}, real};
acmd(["exit", A, "->", A, R]) -> {A, {exit, tgt(A), reason(R)}, real};
acmd(["exit", A, "->", B, R]) ->
    %% resolve both, so that an alias of oneself counts as self
    case {pid_or(A), pid_or(B)} of
        {P, P} when is_pid(P) -> {A, {exit, P, reason(R)}, real};
        _ -> {A, {exit, tgt(B), reason(R)}, fixed_ok}
    end;
acmd(["stop", A, R]) -> {A, {stop, reason(R)}, real};
acmd(["crash", A, N]) -> {A, {crash, list_to_atom(N)}, real};
acmd(["send", A, "->", B, T]) -> {A, {send, tgt(B), T}, case B of "@" ++ _ -> real; _ -> fixed_ok end};
acmd(["hold", A]) -> {A, hold, real};
acmd(["resume", A]) -> {A, resume, real};
acmd(["start", S]) -> {"root", {start, S}, real};
acmd(["start", S, "by", P]) -> {P, {start, S}, real};
acmd(Other) -> error({bad_command, lists:flatten(lists:join(" ", Other))}).

spawn_opts(["by", P | T], _, O) -> spawn_opts(T, P, O);
spawn_opts(["link" | T], P, O) -> spawn_opts(T, P, [link | O]);
spawn_opts(["trap" | T], P, O) -> spawn_opts(T, P, [trap | O]);
spawn_opts(["monitor=" ++ M | T], P, O) -> spawn_opts(T, P, [{monitor, M} | O]);
spawn_opts(["die=" ++ R | T], P, O) -> spawn_opts(T, P, [{die, reason(R)} | O]);
spawn_opts(["crash=" ++ N | T], P, O) -> spawn_opts(T, P, [{crash, list_to_atom(N)} | O]);
spawn_opts([], P, O) -> {P, O}.

tgt("@" ++ N) -> {name, N};
tgt(N) -> case pid_or(N) of undefined -> {lookup, N}; P -> P end.
pid_or(N) -> rcall({pid, N}).
pid(N) -> case pid_or(N) of undefined -> throw(unknown); P -> P end.
reg(N) -> list_to_atom("scn_" ++ N).

kvs(L) -> maps:from_list([begin [K | V] = string:split(X, "="), {K, case V of [] -> "true"; [Y] -> Y end} end || X <- L]).

%% reasons: a:b:c <-> {a,{b,c}}
reason(S) ->
    case string:split(S, ":") of
        [A] -> list_to_atom(A);
        [A, B] -> {list_to_atom(A), reason(B)}
    end.

text({failed_to_start_child, Id, R}) -> "failed_to_start_child:" ++ text(Id) ++ ":" ++ text(R);
text({bad_combination, [{K, V} | _]}) -> "bad_combination:" ++ text(K) ++ ":" ++ text(V);
text({bad_start_spec, _}) -> "bad_start_spec";
text({{crash, N}, St}) when is_list(St) -> "crash:" ++ text(N);
text({A, B}) -> text(A) ++ ":" ++ text(B);
text(A) when is_atom(A) -> atom_to_list(A);
text(I) when is_integer(I) -> integer_to_list(I);
text(S) when is_list(S) -> S;
text(X) -> lists:flatten(io_lib:format("~0p", [X])).

%%% ------------------------------------------------------------------ quiescence

quiesce(D) ->
    Limit = rcall(tmax) + 400,
    quiesce(D, 0, erlang:monotonic_time(millisecond), Limit, rcall(nevents), erlang:monotonic_time(millisecond)).

quiesce(D, N, Since, Limit, Ev, T0) ->
    Need = case get(smp) of true -> 4; _ -> 3 end,
    case busy(D) of
        _ when N >= Need -> ok;
        idle ->
            case get(smp) of true -> timer:sleep(1); _ -> erlang:yield() end,
            quiesce(D, N + 1, Since, Limit, Ev, T0);
        running ->
            Now = erlang:monotonic_time(millisecond),
            Now - T0 > ?WAIT andalso error(no_quiescence),
            case get(smp) of true -> timer:sleep(1); _ -> erlang:yield() end,
            quiesce(D, 0, Since, Limit, Ev, T0);
        timed ->
            Now = erlang:monotonic_time(millisecond),
            case rcall(nevents) of
                Ev when Now - Since > Limit -> ok;
                Ev -> timer:sleep(3), quiesce(D, 0, Since, Limit, Ev, T0);
                Ev2 -> timer:sleep(3), quiesce(D, 0, Now, Limit, Ev2, T0)
            end
    end.

busy(D) ->
    erlang:yield(),
    Ps = [P || P <- processes(), not ordsets:is_element(P, D#d.base)] ++ [D#d.rec],
    Is = [process_info(P, [status, current_function]) || P <- Ps],
    case lists:any(fun([{status, S} | _]) -> S =/= waiting; (_) -> true end, Is)
         orelse erlang:statistics(run_queue) > 0 of
        true -> running;
        false ->
            case lists:any(fun([_, {_, F}]) -> timed(F) end, Is) of
                true -> timed; false -> idle
            end
    end.

timed({supervisor, shutdown, 1}) -> true;
timed({supervisor, wait_dynamic_children, 5}) -> true;
timed({?MODULE, delay_wait, 1}) -> true;
timed(_) -> false.

%%% ------------------------------------------------------------------ observation

observe(D) ->
    {Events, Recvs} = rcall(take),
    Info = rcall(info),
    {Snap, D2} = snapshot(D, Info),
    Old = D#d.prev,
    EvT = [["! ", T, "\n"] || T <- order(Events, D, Info)],
    ProcT = [begin
                 S = maps:get(N, Snap),
                 St = case maps:find(N, Old) of {ok, S} -> []; _ -> [N, ": ", S, "\n"] end,
                 Ms = case S of
                          "dead" ++ _ -> [];
                          _ -> msgs(N, Recvs, Info)
                      end,
                 [St | [[N, " <- ", M, "\n"] || M <- Ms]]
             end || N <- lists:sort(maps:keys(Snap))],
    {[EvT, ProcT], D2}.

order(Events, #d{grouped = false}, Info) ->
    [K ++ " " ++ ev(Who, R, Info) || {_Owner, _Dyn, Who, K, R} <- Events];
order(Events, #d{grouped = child}, Info) ->
    Keyed = [{Who, K ++ " " ++ ev(Who, R, Info)} || {_, _, Who, K, R} <- Events],
    [T || {_, T} <- lists:keysort(1, Keyed)];
order(Events, _, Info) ->
    Keyed = [{case Dyn of false -> nm(Owner, Info); B -> nm(Owner, Info) ++ " " ++ B end,
              K ++ " " ++ ev(Who, R, Info)} || {Owner, Dyn, Who, K, R} <- Events],
    [T || {_, T} <- lists:keysort(1, Keyed)].
ev(Who, none, _) -> Who;
ev(Who, R, _) -> Who ++ " " ++ text(R).
nm(P, Info) when is_pid(P) -> name(P, Info);
nm(N, _) -> N.

msgs(N, Recvs, Info) ->
    Mine = [X || {To, X} <- Recvs, name(To, Info) =:= N],
    K = [case X of
             {exit, P, R} -> F = name(P, Info), {{F, 0, ""}, "EXIT(" ++ F ++ ", " ++ text(R) ++ ")"};
             {msg, P, T} -> F = name(P, Info), {{F, 0, ""}, "MSG(" ++ F ++ ", " ++ T ++ ")"};
             {down, M, P, R} -> F = name(P, Info), {{F, 1, M}, "DOWN(" ++ M ++ ", " ++ F ++ ", " ++ text(R) ++ ")"}
         end || X <- Mine],
    [T || {_, T} <- lists:keysort(1, K)].

name({R, Node}, _) when Node =:= node(), is_atom(R) -> "@" ++ lists:nthtail(4, atom_to_list(R));
name(P, {Names, _}) -> maps:get(P, Names, "?").

snapshot(D, {Names, Dead} = Info) ->
    Rows = [{N, case maps:find(P, Dead) of
                    {ok, R} -> "dead " ++ text(R);
                    error -> state(P, Info)
                end} || {P, N} <- maps:to_list(Names)],
    M = maps:from_list(Rows),
    {M, D#d{prev = M}}.

state(P, Info) ->
    case process_info(P, [trap_exit, links, monitors, registered_name, message_queue_len, dictionary]) of
        undefined -> "dead ?";
        [{_, Trap}, {_, Ls}, {_, Ms}, {_, Reg}, {_, Q}, {_, Dict}] ->
            Sup = lists:keymember(oracle_sup, 1, Dict),
            lists:flatten(["alive", [" trap" || Trap],
              lst(" links=", [name(L, Info) || L <- Ls, is_pid(L)]),
              [lst(" monitors=", [name(T, Info) || {process, T} <- Ms]) || not Sup],
              [[" names=[", lists:nthtail(4, atom_to_list(Reg)), "]"] || is_atom(Reg), Reg =/= []],
              [[" queued=", integer_to_list(Q)] || Q > 0, not Sup]])
    end.
lst(_, []) -> [];
lst(K, L) -> [K, "[", lists:join(",", lists:sort(L)), "]"].

%%% ------------------------------------------------------------------ recorder

-record(r, {names = #{}, pids = #{}, dead = #{}, muted = #{}, ctr = #{}, sups = #{}, ch = #{},
            events = [], nev = 0, recvs = [], owner = #{}, waiters = #{}, base = #{}}).

rcall(Req) ->
    Ref = make_ref(),
    oracle_rec ! {call, self(), Ref, Req},
    receive {Ref, R} -> R end.

rec_init(_Driver) -> rec(#r{}).

rec(S) ->
    receive
        {call, From, Ref, Req} ->
            case rec_call(Req, From, reap(Req, S)) of
                {noreply, S2} -> rec(S2);
                {R, S2} -> From ! {Ref, R}, rec(S2)
            end;
        {recv, P, {exit, F, _} = X} ->
            case S#r.muted of
                #{F := true} -> rec(S);
                _ -> rec(S#r{recvs = [{P, X} | S#r.recvs], nev = S#r.nev + 1})
            end;
        {recv, P, X} -> rec(S#r{recvs = [{P, X} | S#r.recvs], nev = S#r.nev + 1});
        {named, P, N} -> rec(known(P, N, S));
        {'DOWN', _, process, P, R} ->
            case maps:is_key(P, S#r.dead) of
                true -> rec(S);
                false -> rec(died(P, R, S))
            end
    end.

%% Before an event of a supervised entity is logged, log the exits that caused it (with several
%% schedulers the DOWN to this process can come later than the EXIT to the supervisor).
reap(Req, S) when element(1, Req) =:= attempt; element(1, Req) =:= started; element(1, Req) =:= init_failed ->
    lists:foldl(fun(P, St) ->
        case maps:is_key(P, St#r.dead) orelse is_process_alive(P) of
            true -> St;
            false -> receive {'DOWN', _, process, P, R} -> died(P, R, St) end
        end end, drain(S), maps:keys(S#r.owner));
reap(_, S) -> S.
drain(S) ->
    receive
        {'DOWN', _, process, P, R} ->
            drain(case maps:is_key(P, S#r.dead) of true -> S; false -> died(P, R, S) end)
    after 0 -> S end.

known(P, N, S) ->
    case maps:is_key(P, S#r.names) of
        true -> S;
        false ->
            monitor(process, P),
            S#r{names = (S#r.names)#{P => N}, pids = (S#r.pids)#{N => P}}
    end.

died(P, R, S) ->
    S1 = S#r{dead = (S#r.dead)#{P => R}, nev = S#r.nev + 1},
    case S1#r.owner of
        #{P := {O, Dyn}} -> event({O, Dyn, maps:get(P, S#r.names), "exit", R}, S1);
        _ -> S1
    end.

event(E, S) -> S#r{events = [E | S#r.events], nev = S#r.nev + 1}.

rec_call(take, _, S) -> {{lists:reverse(S#r.events), lists:reverse(S#r.recvs)}, S#r{events = [], recvs = []}};
rec_call(info, _, S) -> {{S#r.names, S#r.dead}, S};
rec_call(nevents, _, S) -> {S#r.nev, S};
rec_call({pid, N}, _, S) -> {maps:get(N, S#r.pids, undefined), S};
rec_call({reg, N}, P, S) -> {ok, known(P, N, S)};
rec_call(tmax, _, S) ->
    Ch = maps:values(S#r.ch),
    L = [case maps:get("shutdown", A, "5000") of
             "infinity" -> 0; "brutal_kill" -> 0; X -> list_to_integer(X) end
         || A <- Ch, slow(maps:get("on_shutdown", A, "die"))]
        ++ [delay(maps:get("on_shutdown", A, "die")) || A <- Ch],
    {lists:max([0 | L]), S};
rec_call({def_sup, N, A}, _, S) -> {ok, S#r{sups = (S#r.sups)#{N => {A, []}}}};
rec_call({def_child, Sup, Id, A}, _, S) ->
    {SA, Cs} = maps:get(Sup, S#r.sups),
    {ok, S#r{sups = (S#r.sups)#{Sup => {SA, Cs ++ [{Id, A}]}}, ch = (S#r.ch)#{Id => A}}};
rec_call({def_child_only, Id, A}, _, S) ->
    %% without attributes an earlier definition of the same id is used again
    Eff = case A =:= #{} of true -> maps:get(Id, S#r.ch, #{}); false -> A end,
    {Eff, S#r{ch = (S#r.ch)#{Id => Eff}}};
rec_call({def_dyn, Sup, Id, A}, _, S) ->
    {_, [{T, TA} | _]} = maps:get(Sup, S#r.sups),
    B = maps:merge(TA, A),
    {ok, S#r{ch = (S#r.ch)#{Id => B#{tmpl => T}}}};
rec_call({sup_strategy, N}, _, S) ->
    {A, _} = maps:get(N, S#r.sups), {maps:get("strategy", A, "one_for_one"), S};
rec_call({sup_def, N}, _, S) -> {maps:get(N, S#r.sups), S};
%% an attempt to start entity Id, called in the context of the owner
rec_call({attempt, Id}, _Owner, S) ->
    N = maps:get(Id, S#r.ctr, 0) + 1,
    A = maps:get(Id, S#r.ch, #{}),
    {{N, A}, S#r{ctr = (S#r.ctr)#{Id => N}}};
%% called by the started process itself, first thing in its init
rec_call({started, Id, N, Owner, Dyn}, P, S) ->
    Nm = Id ++ "#" ++ integer_to_list(N),
    S1 = known(P, Nm, S),
    S2 = S1#r{owner = (S1#r.owner)#{P => {Owner, Dyn}}, pids = (S1#r.pids)#{Id => P}},
    {ok, event({Owner, Dyn, Nm, "start", none}, S2)};
rec_call({init_failed, Nm, R}, _, S) ->
    case S#r.pids of
        #{Nm := P} ->
            S1 = S#r{muted = (S#r.muted)#{P => true}},
            case maps:is_key(P, S1#r.dead) of
                true -> {ok, S1};
                false -> {ok, died(P, R, S1)}
            end;
        _ -> {ok, S}
    end;
rec_call({wait_release, Id}, From, S) ->
    {noreply, S#r{waiters = (S#r.waiters)#{Id => From}}};
rec_call({release, Id}, _, S) ->
    case S#r.waiters of
        #{Id := P} -> P ! released, {ok, S#r{waiters = maps:remove(Id, S#r.waiters)}};
        _ -> {ok, S}
    end.

slow("ignore") -> true;
slow("delay:" ++ _) -> true;
slow(_) -> false.
delay("delay:" ++ X) -> list_to_integer(X);
delay(_) -> 0.

%%% ------------------------------------------------------------------ actors

actor_start(Name, _By, Opts) ->
    [process_flag(trap_exit, true) || lists:member(trap, Opts)],
    ok = rcall({reg, Name}),
    case {lists:keyfind(die, 1, Opts), lists:keyfind(crash, 1, Opts)} of
        {{_, R}, _} -> exit(R);
        {_, {_, N}} -> erlang:error({crash, N});
        _ -> loop(#{held => false, mons => #{}, parent => none, onsd => "die"})
    end.

loop(#{held := true} = S) ->
    receive {ctl, F, R, Cs} -> ctl_exec(F, R, Cs, S) end;
loop(S) ->
    receive
        {ctl, F, R, Cs} -> ctl_exec(F, R, Cs, S);
        Msg -> incoming(Msg, S)
    end.

incoming({'EXIT', P, R}, #{parent := P, onsd := O} = S) when O =/= "ignore", O =/= "die" ->
    case O of
        "exit" -> exit(R);
        "delay:" ++ Ms -> delay_wait(list_to_integer(Ms)), exit(R);
        "reason:" ++ X -> exit(reason(X))
    end, loop(S);
incoming({'EXIT', P, R}, S) -> oracle_rec ! {recv, self(), {exit, P, R}}, loop(S);
incoming({msg, P, T}, S) -> oracle_rec ! {recv, self(), {msg, P, T}}, loop(S);
incoming({'DOWN', Ref, process, Obj, R}, #{mons := M} = S) ->
    oracle_rec ! {recv, self(), {down, maps:get(Ref, M, "?"), Obj, R}}, loop(S);
incoming(_, S) -> loop(S).

delay_wait(Ms) -> receive oracle_never -> ok after Ms -> ok end.

ctl_exec(From, Ref, Cmds, S) ->
    {Rs, S2} = lists:foldl(fun(C, {Acc, St}) -> {R, St2} = act(C, St), {[R | Acc], St2} end, {[], S}, Cmds),
    From ! {Ref, case Rs of [R] -> {one, R}; _ -> {seq, lists:reverse(Rs), ended} end},
    loop(S2).

act({link, T}, S) -> {guard(fun() -> link(res(T)), "ok" end), S};
act({unlink, T, Fl}, S) ->
    P = res(T), unlink(P),
    case Fl of
        true -> receive {'EXIT', P, _} -> {"flushed", S} after 0 -> {"ok", S} end;
        false -> {"ok", S}
    end;
act({monitor, T, M}, #{mons := Ms} = S) ->
    Ref = case T of {name, N} -> monitor(process, reg(N)); _ -> monitor(process, res(T)) end,
    {"ok", S#{mons := Ms#{Ref => M}}};
act({demonitor, M, O}, #{mons := Ms} = S) ->
    case [R || {R, N} <- maps:to_list(Ms), N =:= M] of
        [Ref | _] -> {case demonitor(Ref, O) of true -> "true"; false -> "false" end, S};
        [] -> {"error badarg", S}
    end;
act({trap, B}, S) -> {case process_flag(trap_exit, B) of true -> "on"; false -> "off" end, S};
act({exit, T, R}, S) -> exit(res(T), R), {"ok", S};
act({stop, R}, _) -> exit(R);
act({crash, N}, _) -> erlang:error({crash, N});
act({send, {name, N}, T}, S) -> {guard(fun() -> reg(N) ! {msg, self(), T}, "ok" end), S};
act({send, P, T}, S) -> res(P) ! {msg, self(), T}, {"ok", S};
act(hold, S) -> {"ok", S#{held := true}};
act(resume, S) -> {"ok", S#{held := false}};
act({spawn, Q, Opts}, #{mons := Ms} = S) ->
    SO = [link || lists:member(link, Opts)] ++ [monitor || lists:keymember(monitor, 1, Opts)],
    case spawn_opt(?MODULE, actor_start, [Q, self(), Opts], SO) of
        {P, Ref} -> oracle_rec ! {named, P, Q}, {_, M} = lists:keyfind(monitor, 1, Opts),
                    {"ok", S#{mons := Ms#{Ref => M}}};
        P -> oracle_rec ! {named, P, Q}, {"ok", S}
    end;
act({start, Sup}, S) ->
    {case start_entity(Sup, sup, false) of
         {ok, P} -> "ok " ++ name(P, rcall(info));
         ignore -> "ignore";
         {error, E} -> "error " ++ text(E)
     end, S}.

guard(F) -> try F() catch error:E -> "error " ++ text(E) end.
res({lookup, N}) -> rcall({pid, N});
res(P) when is_pid(P) -> P.

%%% ------------------------------------------------------------------ supervised entities

start_entity(Id) -> start_entity(Id, child, false).
start_dyn(T, Id) -> start_entity(Id, {dyn, T}, Id).

start_entity(Id, Kind, Dyn) ->
    {N, A} = rcall({attempt, Id}),
    IsSup = Kind =:= sup orelse maps:get("type", A, "worker") =:= "supervisor",
    case IsSup of
        true ->
            Def = case Kind of {dyn, T} -> T; _ -> Id end,
            case supervisor:start_link(?MODULE, {Id, N, Def, self(), Dyn}) of
                {ok, P} -> {ok, P};
                ignore -> init_failed(Id, N, normal), ignore;
                {error, E} -> init_failed(Id, N, E), {error, E}
            end;
        false ->
            proc_lib:start_link(?MODULE, worker_init, [Id, N, A, {self(), Dyn}])
    end.

init_failed(Id, N, R) -> rcall({init_failed, Id ++ "#" ++ integer_to_list(N), R}).

action(A, N) ->
    Items = lists:flatmap(fun(I) ->
        case string:split(I, "*") of
            [X] -> [X]; [X, K] -> lists:duplicate(list_to_integer(K), X) end
        end, string:split(maps:get("init", A, "ok"), ",", all)),
    lists:nth(min(N, length(Items)), Items).

worker_init(Id, N, A, {Parent, Dyn}) ->
    Onsd = maps:get("on_shutdown", A, "die"),
    [process_flag(trap_exit, true) || Onsd =/= "die"],
    ok = rcall({started, Id, N, Parent, Dyn}),
    worker_act(action(A, N), Id, N, Parent, Onsd).

worker_act("wait:" ++ Act, Id, N, Parent, Onsd) ->
    Ref = make_ref(),
    oracle_rec ! {call, self(), Ref, {wait_release, Id}},
    receive released -> ok end,
    worker_act(Act, Id, N, Parent, Onsd);
worker_act(Act, Id, N, Parent, Onsd) ->
    L = #{held => false, mons => #{}, parent => Parent, onsd => Onsd},
    case Act of
        "ok" -> proc_lib:init_ack({ok, self()}), loop(L);
        "ok:" ++ Info -> proc_lib:init_ack({ok, self(), Info}), loop(L);
        "ignore" -> init_failed(Id, N, normal), proc_lib:init_ack(ignore), exit(normal);
        "error:" ++ R -> init_failed(Id, N, reason(R)), proc_lib:init_ack({error, reason(R)}), exit(reason(R));
        "crash:" ++ C -> init_failed(Id, N, {crash, list_to_atom(C)}),
                         erlang:error({crash, list_to_atom(C)})
    end.

%% supervisor callback
init({Id, N, Def, Owner, Dyn}) ->
    put(oracle_sup, true),
    ok = rcall({started, Id, N, Owner, Dyn}),
    {A, Cs} = rcall({sup_def, Def}),
    case action(A, N) of
        "ok" ->
            Flags = #{strategy => list_to_atom(maps:get("strategy", A, "one_for_one")),
                      intensity => list_to_integer(maps:get("intensity", A, "1")),
                      period => list_to_integer(maps:get("period", A, "5")),
                      auto_shutdown => list_to_atom(maps:get("auto_shutdown", A, "never"))},
            case maps:get("strategy", A, "") of
                "simple_one_for_one" ->
                    {ok, {Flags, [(child_spec(I, CA))#{start := {?MODULE, start_dyn, [I]}} || {I, CA} <- Cs]}};
                _ -> {ok, {Flags, [child_spec(I, CA) || {I, CA} <- Cs]}}
            end;
        "ignore" -> ignore;
        "crash:" ++ C -> erlang:error({crash, list_to_atom(C)})
    end.

child_spec(Id, A) ->
    Opt = fun(K, F, M) -> case A of #{K := V} -> M#{list_to_atom(K) => F(V)}; _ -> M end end,
    At = fun list_to_atom/1,
    Sd = fun("brutal_kill") -> brutal_kill; ("infinity") -> infinity; (V) -> list_to_integer(V) end,
    M0 = #{id => list_to_atom(Id), start => {?MODULE, start_entity, [Id]}, modules => []},
    Opt("restart", At, Opt("shutdown", Sd, Opt("significant", At, Opt("type", At, M0)))).
