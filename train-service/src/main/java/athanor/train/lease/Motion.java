package athanor.train.lease;

/**
 * What makes a lease one that somebody has to look after.
 *
 * @param attempt that is held, or became something that has not been told, or waits
 * @param waits the attempt has not begun: the run had a worker before, and goes before those that had none
 */
public record Motion(int attempt, boolean waits) {}
