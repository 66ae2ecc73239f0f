package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Answer;
import io.coppice.actor.Offer;
import io.coppice.actor.ProcessEnded;
import io.coppice.actor.SpawnOptions;
import io.coppice.internal.link.Verdict;
import io.coppice.internal.mailbox.FromOutside;
import io.coppice.internal.mailbox.Gate;
import io.coppice.internal.mailbox.Message;
import io.coppice.internal.mailbox.News;
import io.coppice.internal.mailbox.Room;
import io.coppice.internal.table.Table;
import io.coppice.process.Down;
import io.coppice.process.Exited;
import io.coppice.process.Signal;
import io.coppice.spi.Task;

import java.lang.invoke.MethodHandles;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Room on the stack. A handler may recurse until there is none, and act at every level: it is to
 * overflow before an act of the runtime, and not in the middle of one, with a lock held or a link
 * half made.
 */
final class Stack {

    private static final List<Class<?>> NEEDED =
            List.of(
                    Verdict.class,
                    ThreadLocalRandom.class,
                    CountedAlarm.class,
                    PendingReply.class,
                    Answer.Received.class,
                    Answer.Ended.class,
                    Answer.TimedOut.class,
                    Answer.Refused.class,
                    Down.class,
                    Exited.class,
                    News.class,
                    Message.class,
                    FromOutside.class,
                    Errand.class,
                    Obituary.class,
                    LateLink.class,
                    Signalled.Then.class,
                    Signalled.Reply.class,
                    ProcessMonitor.class,
                    ProcessMonitor.Made.class,
                    Extras.class,
                    ProcessTimers.Timer.class,
                    ProcessEnded.class,
                    Delivery.class,
                    Held.Letter.class,
                    Signal.Link.class,
                    Signal.Unlink.class,
                    Signal.UnlinkAck.class,
                    Signal.LinkExit.class,
                    Signal.Exit.class,
                    Signal.Kill.class,
                    Signal.Monitor.class,
                    Signal.Demonitor.class,
                    Signal.Died.class,
                    Signal.Open.class,
                    SpawnOptions.class,
                    Offer.Full.class,
                    Offer.Closed.class);

    private static boolean never;

    private Stack() {}

    /**
     * A class whose initialiser overflows the stack is lost to the whole JVM for ever, and the
     * first use of a class, or of a lambda, takes far more room than any act. So whatever acts may
     * be the first to need is used once while there is room.
     */
    static void prepare() {
        var lookup = MethodHandles.lookup();
        try {
            for (var type : NEEDED) {
                lookup.ensureInitialized(type);
            }
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
        prepareCounts();
        prepareQueues();
        prepareAnswers();
        prepareTables();
        prepareLambdas();
    }

    private static void prepareCounts() {
        var tally = Tally.own();
        tally.accepted();
        tally.crossed();
        tally.handled();
        tally.yielded();
        tally.born();
        tally.died();
        tally.armed();
        tally.disarmed();
        new Gate(1).admit();
        var room = new Room(2, 1);
        room.takeAnyway();
        room.free();
        if (room.take() && room.isNewlyHigh() && room.isToSay(0, 1)) {
            room.free();
        }
    }

    /** A task that was in hand when such a first use overflowed would never run. */
    private static void prepareQueues() {
        Task task = () -> {};
        var ring = Ring.make();
        ring.offer(task);
        requireNonNull(ring.poll(), "task");
        var handoff = Handoff.make();
        if (handoff.ask() && handoff.give(task) && handoff.takeBack(task)) {
            handoff.take();
        }
    }

    /** A call would wait for a reply that overflowed in the first use. */
    private static void prepareAnswers() {
        new CompletableFuture<Object>().complete("answer");
    }

    private static void prepareTables() {
        var table = Table.<Object, Object>empty();
        var keys = Stream.generate(Object::new).limit(10).toList();
        for (var key : keys) {
            table = table.with(key, key);
        }
        for (var key : keys) {
            requireNonNull(table.get(key), "value");
            table = table.without(key);
        }
        table.forEach((key, value) -> {});
    }

    /** Of the JDK, the classes that turn numbers into objects and back. */
    private static void prepareLambdas() {
        LongFunction<Object> boxing = Long::valueOf;
        Function<Integer, Integer> both = n -> n + 1;
        var sorted =
                Stream.of(2, 1)
                        .map(both)
                        .sorted(Comparator.comparingLong(n -> n))
                        .mapToInt(n -> n)
                        .mapToObj(boxing::apply)
                        .toList();
        requireNonNull(sorted, "sorted");
    }

    /**
     * Overflows here, where nothing has been changed yet, if an act might not get through.
     *
     * <p>Its interpreted frame has room for 640 variables of eight bytes in two slots each, 10 kB;
     * the deepest act takes less than half of that, interpreted. Compiled, it costs two nanoseconds
     * and no room: for code may be taken back to the interpreter at any call, and HotSpot asks on
     * entry whether the frames of that would fit. For this there must be a call, which is never
     * made.
     */
    @SuppressWarnings("unused") // they are there to take room
    static void requireRoom() {
        long aa, ab, ac, ad, ae, af, ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, as, at;
        long au, av, aw, ax, ay, az, ba, bb, bc, bd, be, bf, bg, bh, bi, bj, bk, bl, bm, bn;
        long bo, bp, bq, br, bs, bt, bu, bv, bw, bx, by, bz, ca, cb, cc, cd, ce, cf, cg, ch;
        long ci, cj, ck, cl, cm, cn, co, cp, cq, cr, cs, ct, cu, cv, cw, cx, cy, cz, da, db;
        long dc, dd, de, df, dg, dh, di, dj, dk, dl, dm, dn, dp, dq, dr, ds, dt, du, dv, dw;
        long dx, dy, dz, ea, eb, ec, ed, ee, ef, eg, eh, ei, ej, ek, el, em, en, eo, ep, eq;
        long er, es, et, eu, ev, ew, ex, ey, ez, fa, fb, fc, fd, fe, ff, fg, fh, fi, fj, fk;
        long fl, fm, fn, fo, fp, fq, fr, fs, ft, fu, fv, fw, fx, fy, fz, ga, gb, gc, gd, ge;
        long gf, gg, gh, gi, gj, gk, gl, gm, gn, go, gp, gq, gr, gs, gt, gu, gv, gw, gx, gy;
        long gz, ha, hb, hc, hd, he, hf, hg, hh, hi, hj, hk, hl, hm, hn, ho, hp, hq, hr, hs;
        long ht, hu, hv, hw, hx, hy, hz, ia, ib, ic, id, ie, ig, ih, ii, ij, ik, il, im, in;
        long io, ip, iq, ir, is, it, iu, iv, iw, ix, iy, iz, ja, jb, jc, jd, je, jf, jg, jh;
        long ji, jj, jk, jl, jm, jn, jo, jp, jq, jr, js, jt, ju, jv, jw, jx, jy, jz, ka, kb;
        long kc, kd, ke, kf, kg, kh, ki, kj, kk, kl, km, kn, ko, kp, kq, kr, ks, kt, ku, kv;
        long kw, kx, ky, kz, la, lb, lc, ld, le, lf, lg, lh, li, lj, lk, ll, lm, ln, lo, lp;
        long lq, lr, ls, lt, lu, lv, lw, lx, ly, lz, ma, mb, mc, md, me, mf, mg, mh, mi, mj;
        long mk, ml, mm, mn, mo, mp, mq, mr, ms, mt, mu, mv, mw, mx, my, mz, na, nb, nc, nd;
        long ne, nf, ng, nh, ni, nj, nk, nl, nm, nn, no, np, nq, nr, ns, nt, nu, nv, nw, nx;
        long ny, nz, oa, ob, oc, od, oe, of, og, oh, oi, oj, ok, ol, om, on, oo, op, oq, or;
        long os, ot, ou, ov, ow, ox, oy, oz, pa, pb, pc, pd, pe, pf, pg, ph, pi, pj, pk, pl;
        long pm, pn, po, pp, pq, pr, ps, pt, pu, pv, pw, px, py, pz, qa, qb, qc, qd, qe, qf;
        long qg, qh, qi, qj, qk, ql, qm, qn, qo, qp, qq, qr, qs, qt, qu, qv, qw, qx, qy, qz;
        long ra, rb, rc, rd, re, rf, rg, rh, ri, rj, rk, rl, rm, rn, ro, rp, rq, rr, rs, rt;
        long ru, rv, rw, rx, ry, rz, sa, sb, sc, sd, se, sf, sg, sh, si, sj, sk, sl, sm, sn;
        long so, sp, sq, sr, ss, st, su, sv, sw, sx, sy, sz, ta, tb, tc, td, te, tf, tg, th;
        long ti, tj, tk, tl, tm, tn, to, tp, tq, tr, ts, tt, tu, tv, tw, tx, ty, tz, ua, ub;
        long uc, ud, ue, uf, ug, uh, ui, uj, uk, ul, um, un, uo, up, uq, ur, us, ut, uu, uv;
        long uw, ux, uy, uz, va, vb, vc, vd, ve, vf, vg, vh, vi, vj, vk, vl, vm, vn, vo, vp;
        long vq, vr, vs, vt, vu, vv, vw, vx, vy, vz, wa, wb, wc, wd, we, wf, wg, wh, wi, wj;
        long wk, wl, wm, wn, wo, wp, wq, wr, ws, wt, wu, wv, ww, wx, wy, wz, xa, xb, xc, xd;
        long xe, xf, xg, xh, xi, xj, xk, xl, xm, xn, xo, xp, xq, xr, xs, xt, xu, xv, xw, xx;
        long xy, xz, ya, yb, yc, yd, ye, yf, yg, yh, yi, yj, yk, yl, ym, yn, yo, yp, yq, yr;
        if (never) {
            requireRoom();
        }
    }
}
