package athanor.console.system;

/**
 * How a service is.
 *
 * @param state UP, NOT_READY or AWAY
 * @param version of its interface; empty where it does not say
 */
public record ServiceHealth(String service, String address, String state, String sentence, String version) {}
