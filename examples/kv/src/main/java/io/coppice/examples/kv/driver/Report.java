package io.coppice.examples.kv.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param elapsed how long the clients were at it
 * @param latency as clients saw it, of each request
 * @param clientRecovery from the first failure of a request to the first answer about its key
 * @param serverRecovery from a kill until the tree was whole again
 * @param findings wrong answers, as many as were kept
 * @param failures of the driver itself
 */
public record Report(
        Duration elapsed,
        Progress progress,
        Quantiles latency,
        Quantiles clientRecovery,
        Quantiles serverRecovery,
        Map<String, Long> kills,
        long restarts,
        Verification verification,
        List<Finding> findings,
        List<Throwable> failures) {

    private static final int MOST_DETAILS = 3;

    public Report {
        kills = Map.copyOf(kills);
        findings = List.copyOf(findings);
        failures = List.copyOf(failures);
    }

    /** Of a driver that was closed. */
    public static Report of(
            Duration elapsed, Driver driver, World world, Verification verification) {
        return new Report(
                elapsed,
                driver.progress(),
                driver.latency(),
                driver.recovery(),
                Quantiles.of(world.recoveries()),
                world.killsByKind(),
                world.restarts(),
                verification,
                driver.findings(),
                driver.failures());
    }

    /** Whether something was asked, and everything that was answered was right and kept. */
    public boolean isOk() {
        return problems().isEmpty();
    }

    /** All of it, the verdict last. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(row("Requests", requests()));
        lines.add(row("Latency", times(latency, "from sending to answer")));
        lines.add(row("Kills", Printed.kills(kills)));
        lines.add(row("Restarts", Printed.count(restarts)));
        lines.add(row("Recovery", times(serverRecovery, "server, from kill to whole tree")));
        lines.add(row("", times(clientRecovery, "clients, from failure to answer")));
        lines.add(row("Retries", Printed.count(progress.retries()) + ", of requests refused"));
        lines.add(row("Unknown", unknown()));
        lines.add(row("Read back", readBack()));
        lines.add(row("Lost", Printed.count(verification.lostWrites(), "acknowledged write")));
        lines.add(row("Wrong", wrong()));
        lines.add("");
        lines.addAll(details());
        lines.add(verdict());
        return lines;
    }

    private String requests() {
        return "%s answered in %s, %s per second, over %s"
                .formatted(
                        Printed.count(progress.requests()),
                        Printed.seconds(elapsed),
                        Printed.perSecond(progress.requests(), elapsed),
                        Printed.count(progress.connects(), "connection"));
    }

    private static String times(Quantiles times, String what) {
        return "%-42s %s, %s"
                .formatted(Printed.quantiles(times), what, Printed.count(times.count(), "time"));
    }

    private String unknown() {
        return "%s: %s by answer, %s by broken connection, %s by time-out; no write sent again"
                .formatted(
                        Printed.count(progress.unknownOutcomes()),
                        Printed.count(progress.unknown()),
                        Printed.count(progress.cutOff()),
                        Printed.count(progress.timedOut()));
    }

    private String readBack() {
        return "%s over fresh connections, %s unread"
                .formatted(
                        Printed.count(verification.keys(), "key"),
                        Printed.count(verification.unread().size()));
    }

    private String wrong() {
        return Printed.count(progress.wrong(), "answer")
                + ", "
                + Printed.count(verification.wrongValues(), "value");
    }

    private List<String> details() {
        var details = new ArrayList<String>();
        findings.stream().limit(MOST_DETAILS).forEach(f -> add("Wrong answer: ", f, details));
        verification.findings().stream()
                .limit(MOST_DETAILS)
                .forEach(f -> add(f.writesMissing() > 0 ? "Lost: " : "Wrong value: ", f, details));
        failures.stream()
                .limit(MOST_DETAILS)
                .forEach(failure -> details.add("A client failed: " + failure));
        return details;
    }

    private static void add(String label, Finding finding, List<String> details) {
        (label + finding.details()).lines().forEach(details::add);
        details.add("");
    }

    private String verdict() {
        return isOk()
                ? "OK: no acknowledged write was lost, and no answer was wrong."
                : "FAILED: " + String.join(", ", problems()) + ".";
    }

    private List<String> problems() {
        var problems = new ArrayList<String>();
        if (progress.requests() == 0) problems.add("no request was answered");
        add(verification.lostWrites(), "acknowledged write", " lost", problems);
        add(progress.wrong(), "wrong answer", "", problems);
        add(verification.wrongValues(), "wrong value", "", problems);
        add(verification.unread().size(), "key", " unread", problems);
        add(failures.size(), "client", " failed", problems);
        return problems;
    }

    private static void add(long number, String noun, String fate, List<String> problems) {
        if (number > 0) problems.add(Printed.count(number, noun) + fate);
    }

    private static String row(String label, String text) {
        return "%-10s %s".formatted(label, text).stripTrailing();
    }
}
