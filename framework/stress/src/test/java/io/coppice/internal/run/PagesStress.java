package io.coppice.internal.run;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import java.util.concurrent.atomic.AtomicInteger;

/** Pages that are thrown away when nothing is left on them. */
public class PagesStress {

    /** Of another page than the numbers before it. */
    private static final long FAR = 1_000;

    private static int entries(Pages<String> pages) {
        var found = new AtomicInteger();
        pages.forEach(value -> found.incrementAndGet());
        return found.get();
    }

    /** The last entry of a page goes, and the page with it, while another comes to that page. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "What came is there.")
    @Outcome(expect = FORBIDDEN, desc = "It went with the page, or a page too many is kept.")
    @State
    public static class PutVsRemove {
        private final Pages<String> pages = new Pages<>();

        public PutVsRemove() {
            pages.put(1, "goes");
            pages.put(FAR, "stays");
        }

        @Actor
        public void remover() {
            pages.remove(1);
        }

        @Actor
        public void putter() {
            pages.put(2, "comes");
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = entries(pages);
            r.r2 = pages.pages();
        }
    }

    /** The last entry of the newest page goes while a newer page is made. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One of the two throws the old page away.")
    @Outcome(expect = FORBIDDEN, desc = "Neither did, or the new one is gone.")
    @State
    public static class RemoveVsNewer {
        private final Pages<String> pages = new Pages<>();

        public RemoveVsNewer() {
            pages.put(1, "goes");
        }

        @Actor
        public void remover() {
            pages.remove(1);
        }

        @Actor
        public void putter() {
            pages.put(FAR, "comes");
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = entries(pages);
            r.r2 = pages.pages();
        }
    }

    /** Two take out the same entry: it is counted out once. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Empty, and one entry after one has come.")
    @Outcome(expect = FORBIDDEN, desc = "Counted out twice, or not at all.")
    @State
    public static class RemoveVsRemove {
        private final Pages<String> pages = new Pages<>();

        public RemoveVsRemove() {
            pages.put(1, "goes");
        }

        @Actor
        public void one() {
            pages.remove(1);
        }

        @Actor
        public void other() {
            pages.remove(1);
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = pages.isEmpty() ? 0 : 1;
            pages.put(2, "comes");
            r.r2 = pages.isEmpty() ? 0 : 1;
        }
    }

    /** Two make a newer page at once, of which the first may be the older one. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "Both are there, and no page besides.")
    @Outcome(expect = FORBIDDEN, desc = "One is gone, or an empty page is kept.")
    @State
    public static class NewerVsNewer {
        private final Pages<String> pages = new Pages<>();

        @Actor
        public void one() {
            pages.put(FAR, "one");
        }

        @Actor
        public void other() {
            pages.put(2 * FAR, "other");
        }

        @Arbiter
        public void after(II_Result r) {
            r.r1 = entries(pages);
            r.r2 = pages.pages();
        }
    }
}
