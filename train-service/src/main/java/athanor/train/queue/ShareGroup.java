package athanor.train.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Settings that a share group has on the broker. A group without them starts at the end of its topics and would never
 * see what was queued before its first worker came up.
 */
public final class ShareGroup {

    private static final long LONGEST_SECONDS = 20;

    private ShareGroup() {}

    /** May be called by every worker at every start. */
    public static void setUp(Broker broker) {
        List<AlterConfigOp> settings = List.of(
                set("share.auto.offset.reset", "earliest"),
                // The shortest that a broker allows by default. A worker that hangs between poll and claim costs this.
                set("share.record.lock.duration.ms", "15000"));
        try (Admin admin = Admin.create(broker.with(Map.of()))) {
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, TrainingQueue.GROUP), settings))
                    .all()
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the share group was set up", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "the broker at %s does not let the share group '%s' be set up: %s; it needs Kafka 4.2 or newer with share.version 1"
                            .formatted(broker.address(), TrainingQueue.GROUP, e.getMessage()),
                    e);
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
