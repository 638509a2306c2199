package athanor.console.system;

import java.time.Instant;

/**
 * A record that no service could handle.
 *
 * @param topic where it lies now
 * @param from the topic it came from
 * @param text its value, or the beginning of it
 * @param whole whether it can be sent again as it is: the letter of a large record holds only the place of its value
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        String from,
        String run,
        String reason,
        String service,
        Instant at,
        String text,
        boolean whole) {}
