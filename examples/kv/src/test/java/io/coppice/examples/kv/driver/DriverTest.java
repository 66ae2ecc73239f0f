package io.coppice.examples.kv.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import static java.util.stream.Collectors.toCollection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

@Timeout(30)
class DriverTest {

    private static final Duration PATIENCE = Duration.ofMillis(100); // less than a stall
    private static final long SEED = 42;

    private static final Set<Fault> ALLOWED =
            Arrays.stream(Fault.values())
                    .filter(fault -> fault.allowed)
                    .collect(toCollection(() -> EnumSet.noneOf(Fault.class)));

    @Test
    void a_server_without_faults_is_never_accused() throws Exception {
        try (var server = new FakeRedis(Map.of(), SEED);
                var driver = Driver.start(load(), server.address())) {
            awaitRequests(driver, 20_000);
            assertNotAccused(server, driver);
            assertThat(driver.progress().retries()).isZero();
        }
    }

    /** What a right server may do, one at a time and then all at once. */
    @ParameterizedTest
    @MethodSource("allowedFaults")
    void a_right_server_is_never_accused(Set<Fault> faults) throws Exception {
        try (var server = new FakeRedis(oneIn(50, faults), SEED);
                var driver = Driver.start(load(), server.address())) {
            awaitThat(() -> faults.stream().allMatch(fault -> server.happened(fault) >= 3));
            assertNotAccused(server, driver);
        }
    }

    /** Alone, and among what a right server may do. */
    @ParameterizedTest
    @MethodSource("forbiddenFaults")
    void a_broken_server_is_found_out(Fault fault, Set<Fault> others) throws Exception {
        var faults = oneIn(1000, others);
        faults.put(fault, 100);
        try (var server = new FakeRedis(faults, SEED);
                var driver = Driver.start(load(), server.address())) {
            awaitThat(() -> !driver.findings().isEmpty());
            assertThat(server.happened(fault)).isPositive();
            assertThat(driver.failures()).isEmpty();
        }
    }

    /** All that it is shown is old, but nothing is older than what it was shown before. */
    @Test
    void a_witness_is_not_content_with_the_past() throws Exception {
        try (var server = new FakeRedis(Map.of(Fault.ANSWER_OTHERS_AS_BEFORE, 1), SEED);
                var driver = Driver.start(load(), server.address())) {
            awaitThat(
                    () ->
                            driver.findings().stream()
                                    .anyMatch(found -> found.request().endsWith("by a witness")));
        }
    }

    @Test
    void the_record_outlives_the_server() throws Exception {
        try (var server = new FakeRedis(Map.of(), SEED);
                var driver = Driver.start(load(), server.address())) {
            for (int life = 1; life <= 3; life++) {
                awaitRequests(driver, life * 2_000);
                server.restart(0);
                long inFlight = driver.progress().cutOff();
                assertNotAccused(server, driver);
                assertThat(driver.progress().cutOff()).isGreaterThanOrEqualTo(inFlight);
                driver.resume(server.address());
            }
            assertThat(driver.progress().cutOff()).isPositive();
        }
    }

    @Test
    void what_a_server_forgets_while_it_is_down_is_lost() throws Exception {
        try (var server = new FakeRedis(Map.of(), SEED);
                var driver = Driver.start(load(), server.address())) {
            awaitRequests(driver, 5_000);
            driver.pause();
            server.restart(50);

            Verification verification = driver.verify(server.address(), Duration.ofSeconds(5));

            assertThat(driver.findings()).isEmpty();
            assertThat(verification.lostWrites()).isBetween(10L, 60L);
            assertThat(verification.isClean()).isFalse();
        }
    }

    @Test
    void keys_that_nobody_answers_for_are_unread() throws Exception {
        try (var server = new FakeRedis(Map.of(), SEED);
                var driver = Driver.start(load(), server.address())) {
            awaitRequests(driver, 1_000);
            driver.close();
            server.close();

            Verification verification = driver.verify(server.address(), Duration.ofMillis(50));

            assertThat(verification.unread()).isNotEmpty();
            assertThat(verification.keys()).isZero();
            assertThat(verification.isClean()).isFalse();
        }
    }

    @Test
    void nothing_is_verified_while_requests_are_in_flight() throws Exception {
        try (var server = new FakeRedis(Map.of(), SEED);
                var driver = Driver.start(load(), server.address())) {
            assertThatThrownBy(() -> driver.verify(server.address(), PATIENCE))
                    .hasMessage("clients are not paused");
        }
    }

    @Test
    void a_driver_waits_for_a_server_that_is_not_there_yet() throws Exception {
        var server = new FakeRedis(Map.of(), SEED);
        InetSocketAddress address = server.address();
        server.close();
        try (var driver = Driver.start(load(), address)) {
            awaitThat(() -> driver.progress().connectsFailed() > 10);
            try (var other = new FakeRedis(Map.of(), SEED)) {
                driver.resume(other.address());
                awaitRequests(driver, 100);
            }
        }
    }

    /** Who closes connections at once must also give clients a reason to make new ones. */
    static Stream<Set<Fault>> allowedFaults() {
        return Stream.concat(
                ALLOWED.stream().map(fault -> EnumSet.of(fault, Fault.DROP_BEFORE)),
                Stream.of(ALLOWED));
    }

    static Stream<Arguments> forbiddenFaults() {
        return Arrays.stream(Fault.values())
                .filter(fault -> !fault.allowed)
                .flatMap(fault -> Stream.of(arguments(fault, Set.of()), arguments(fault, ALLOWED)));
    }

    private static void awaitThat(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(25)).until(condition);
    }

    private static EnumMap<Fault, Integer> oneIn(int requests, Set<Fault> faults) {
        var rarities = new EnumMap<Fault, Integer>(Fault.class);
        faults.forEach(fault -> rarities.put(fault, requests * fault.rarity));
        return rarities;
    }

    private static Load load() {
        return new Load(4, 1, 8, PATIENCE, SEED, "test");
    }

    private static void awaitRequests(Driver driver, long requests) {
        awaitThat(() -> driver.progress().requests() >= requests);
    }

    private static void assertNotAccused(FakeRedis server, Driver driver) {
        driver.pause();
        assertThat(driver.failures()).isEmpty();
        assertThat(driver.findings()).isEmpty();
        assertThat(driver.verify(server.address(), Duration.ofSeconds(5)))
                .matches(Verification::isClean);
    }
}
