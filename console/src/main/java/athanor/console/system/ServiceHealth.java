package athanor.console.system;

import java.util.List;

/**
 * How a service is.
 *
 * @param state UP, NOT_READY or AWAY
 * @param checks what it needs, the broker and the store among them
 * @param version of its interface; empty where it does not say
 */
public record ServiceHealth(
        String service, String address, String state, String sentence, List<Check> checks, String version) {

    /** One thing that a service needs. */
    public record Check(String name, boolean up) {}
}
