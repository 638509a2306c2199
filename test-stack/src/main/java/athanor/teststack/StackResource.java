package athanor.teststack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a Quarkus test a broker with the topics of the contracts and a store: annotate the test with
 * {@code @QuarkusTestResource(StackResource.class)}.
 */
public class StackResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable TestStack stack;

    @Override
    public Map<String, String> start() {
        TestStack started = TestStack.start();
        stack = started;
        StackTopics.create(started.bootstrapServers());
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", started.bootstrapServers());
        settings.put("athanor.store.endpoint", started.s3().endpoint());
        // Another name of the same machine, as a store in production has one inside and one outside.
        settings.put("athanor.store.public-endpoint", started.s3().endpoint().replace("//127.0.0.1:", "//localhost:"));
        settings.put("athanor.store.access-key", started.s3().accessKey());
        settings.put("athanor.store.secret-key", started.s3().secretKey());
        return settings;
    }

    @Override
    public void stop() {
        if (stack != null) {
            stack.close();
        }
    }
}
