package athanor.contracts.events;

import athanor.contracts.Check;
import java.time.Duration;

/**
 * A topic as it is created.
 *
 * @param retention how long a record is kept; zero means for ever
 */
public record TopicSpec(String name, int partitions, Cleanup cleanup, Duration retention) {

    public TopicSpec {
        Check.text(name, "name");
        Check.present(cleanup, "cleanup");
        Check.atLeast(1, partitions, "partitions");
    }

    /** What Kafka does with old records. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }
}
