package io.coppice.supervision;

/**
 * The answer to {@code CountChildren}.
 *
 * @param specs how many specifications the supervisor has; 1 for a dynamic one
 * @param active how many children are alive; a dynamic supervisor counts those it believes to be
 * @param supervisors how many children are supervisors, running or not
 * @param workers how many children are workers, running or not
 */
public record ChildCount(int specs, int active, int supervisors, int workers) {

    ChildCount withActive(int active) {
        return new ChildCount(specs, active, supervisors, workers);
    }
}
